//! Builds errors from what a server sent: status, headers and body. It reads at most what it is given.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

use super::body::Facts;
use super::{Error, Failure, Reading, reading};
use crate::{Key, key};

/// Longer messages are cut: some servers embed the whole request.
const LONGEST_MESSAGE: usize = 600;
const LONGEST_CODE: usize = 80;

/// Where an error came from; enough to redact it and to read its meaning.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    /// The host that was called.
    pub host: String,
    /// The key that was sent.
    pub key: Option<Key>,
    /// The HTTP status.
    pub status: u16,
    /// The headers of the answer.
    pub headers: HeaderMap,
}

impl Source {
    /// The error that a whole body of a non-2xx answer means.
    pub(crate) fn refusal(&self, body: &str) -> Error {
        if (300..400).contains(&self.status) {
            return self.redirected();
        }
        if looks_like_html(body) {
            return self.page(body);
        }
        self.failure(Facts::of_body(body), false)
    }

    /// The error for facts found in a body or a stream.
    pub(crate) fn failure(&self, facts: Facts, in_stream: bool) -> Error {
        let reading = reading::read(self.status, &facts, self.key.is_some());
        // A code that only repeats the status says less than the type; Midjourney's have at most two digits.
        let is_number = facts.code.bytes().all(|byte| byte.is_ascii_digit());
        let is_status = facts.code.is_empty() || is_number && facts.code.len() > 2;
        let code = if is_status && !facts.kind.is_empty() { &facts.kind } else { &facts.code };
        Error::Refused(Box::new(Failure {
            status: self.status,
            reading,
            server_code: self.clean(code, LONGEST_CODE),
            message: self.clean(&facts.message, LONGEST_MESSAGE),
            field: facts.field.map(|field| self.clean(&field, LONGEST_CODE)),
            request_id: self.request_id().or(facts.request_id).map(|id| self.clean(&id, LONGEST_CODE)),
            retry_after: self.retry_after(),
            should_retry: self.header("x-should-retry").and_then(|text| text.parse().ok()),
            in_stream,
        }))
    }

    /// A web page instead of an answer: the address is wrong, or a proxy in front speaks for the service.
    pub(crate) fn page(&self, html: &str) -> Error {
        let title = self.clean(&page_title(html), LONGEST_MESSAGE);
        let speaks_for_service = matches!(self.status, 401 | 402 | 408 | 413 | 429 | 500..=599);
        if speaks_for_service {
            return self.failure(Facts { message: title, ..Facts::default() }, false);
        }
        Error::NotAnApi { host: self.host.clone(), status: self.status, title }
    }

    /// An answer that cannot be read, with a piece of it.
    pub(crate) fn unreadable(&self, why: &str, sample: &str) -> Error {
        let sample = self.clean(sample, 120);
        Error::BadAnswer {
            detail: if sample.is_empty() { why.to_owned() } else { format!("{why}: {sample}") },
        }
    }

    /// The service sends the call to another address, which is not followed: see `client`.
    fn redirected(&self) -> Error {
        let target = self.header("location").unwrap_or_default();
        let facts = Facts { message: target.to_owned(), code: "redirect".into(), ..Facts::default() };
        self.failure(facts, false)
    }

    fn clean(&self, text: &str, longest: usize) -> String {
        let clean = key::redact(text.trim(), self.key.as_ref());
        match clean.char_indices().nth(longest) {
            Some((end, _)) => clean.get(..end).unwrap_or_default().to_owned() + "…",
            None => clean,
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn request_id(&self) -> Option<String> {
        ["x-request-id", "request-id", "x-oneapi-request-id", "x-generation-id", "cf-ray"]
            .iter()
            .find_map(|name| self.header(name))
            .map(str::to_owned)
    }

    fn retry_after(&self) -> Option<Duration> {
        let millis = self.header("retry-after-ms").and_then(|text| text.trim().parse::<f64>().ok());
        if let Some(millis) = millis {
            return Duration::try_from_secs_f64(millis / 1000.0).ok();
        }
        let text = self.header("retry-after")?.trim();
        match text.parse::<f64>() {
            Ok(seconds) => Duration::try_from_secs_f64(seconds).ok(),
            // A moment that has passed means: now.
            Err(_) => httpdate::parse_http_date(text)
                .ok()
                .map(|then| then.duration_since(SystemTime::now()).unwrap_or_default()),
        }
    }
}

/// The key cannot stand in a header, so nothing was sent.
pub(crate) fn unsendable_key() -> Error {
    Error::Refused(Box::new(Failure {
        reading: Reading::KeyRejected,
        server_code: "key_not_sendable".into(),
        ..Failure::default()
    }))
}

/// True for a body that begins like a page.
pub(crate) fn looks_like_html(body: &str) -> bool {
    body.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// The text of the first `<title>`, else of the first heading; empty when there is none.
fn page_title(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let inside = |tag: &str| {
        let open = lower.find(&format!("<{tag}"))?;
        let start = open + lower.get(open..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find(&format!("</{tag}"))?;
        html.get(start..end)
    };
    let words = inside("title").or_else(|| inside("h1")).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
