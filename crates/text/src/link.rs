//! Which addresses an answer may lead to; it refuses everything that is not plainly http, https or mailto.

use url::Url;

use crate::escape::is_reordering;

/// Addresses longer than this are not worth following and cost time to check; in bytes.
const LONGEST: usize = 8 * 1024;

/// The address in its normal form (international hosts in punycode, everything else percent-encoded), or nothing
/// when it must stay text.
///
/// Refused: other schemes, relative addresses, control and reordering characters, and a name before the host, which
/// only serves to make one host look like another.
pub fn href(raw: &str) -> Option<String> {
    let raw = raw.trim_matches(' ');
    if raw.len() > LONGEST || raw.chars().any(|c| c.is_control() || is_reordering(c)) {
        return None;
    }
    let url = Url::parse(raw).ok()?;
    match url.scheme() {
        "http" | "https" => names_a_host(raw, &url).then(|| url.into()),
        "mailto" => (!url.path().is_empty()).then(|| url.into()),
        _ => None,
    }
}

/// The parser of the web forgives `http:host` and `http:\\host`; a reader would not see the host in those.
fn names_a_host(raw: &str, url: &Url) -> bool {
    let spelled = raw.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//"));
    spelled && url.username().is_empty() && url.password().is_none() && url.has_host()
}
