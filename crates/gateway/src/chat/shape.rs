//! Decides from the first bytes and the content type in what form an answer comes. What was asked for does not
//! count: gateways stream unasked and answer whole although a stream was asked.

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Server-sent events, or JSON lines.
    Events,
    /// One JSON value.
    Whole,
    /// A web page.
    Page,
    /// Nothing known.
    Unknown,
}

const FIELDS: &[&[u8]] = &[b"data:", b"event:", b"id:", b"retry:", b":"];

/// The form of a body that begins with `bytes`; nothing while that cannot be told.
pub(crate) fn decide(bytes: &[u8], content_type: &str) -> Option<Shape> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let first = bytes.first()?;
    let is_stream = content_type.contains("event-stream") || content_type.contains("ndjson");
    match first {
        b'<' => Some(Shape::Page),
        _ if is_stream => Some(Shape::Events),
        b'{' | b'[' => Some(Shape::Whole),
        _ if FIELDS.iter().any(|field| bytes.starts_with(field)) => Some(Shape::Events),
        _ if FIELDS.iter().any(|field| field.starts_with(bytes)) => None,
        _ => Some(Shape::Unknown),
    }
}
