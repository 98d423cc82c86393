//! Links that may leave the window: what a browser or a mail program opens, nothing else.

use url::Url;

use crate::{Code, Error};

/// The address as it may be handed to the system; anything but http, https and mailto is refused.
pub fn link(address: &str) -> Result<String, Error> {
    match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") || is_plain_mail(&url) => Ok(url.into()),
        _ => Err(Code::AddressUnreadable.into()),
    }
}

/// An address that anybody's program can open on the web: http or https, with a host.
pub(crate) fn web(address: &str) -> Result<String, Error> {
    match Url::parse(address.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url.into()),
        _ => Err(Code::AddressUnreadable.into()),
    }
}

/// Some mail programs take a file's path from the address and attach it: an answer must not choose the person's files.
fn is_plain_mail(url: &Url) -> bool {
    let attaches = |name: &str| name.to_ascii_lowercase().starts_with("attach");
    url.scheme() == "mailto" && !url.query_pairs().any(|(name, _)| attaches(&name))
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn only_what_a_browser_opens_leaves_the_window() {
        assert_eq!(link("https://example.com/a b").unwrap(), "https://example.com/a%20b");
        assert!(link("mailto:a@example.com?subject=Hello").is_ok());
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ssh://host",
            "no address",
            "smb://x/y",
            "mailto:a@example.com?subject=x&Attach=/home/me/private",
        ] {
            assert!(link(bad).is_err(), "{bad} must not reach the system");
        }
    }
}
