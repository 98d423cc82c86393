//! Decides from the first bytes and the content type whether a sound comes, and in what form. Bytes count for more than
//! what is said of them: relays call sounds text, and errors sounds.

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The file itself.
    Sound,
    /// Events that carry the file in pieces.
    Events,
    /// Words, one JSON value or a page; or a sound without a header that happens to begin like them.
    Words,
}

/// How files of sound begin.
const BEGINNINGS: &[&[u8]] = &[b"ID3", b"RIFF", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"FORM", b"caff"];
const FIELDS: &[&[u8]] = &[b"data:", b"event:", b"id:", b"retry:", b": "];

/// So many bytes tell everything.
pub(super) const ENOUGH: usize = 12;

/// The form of a body that begins with `head`.
pub(super) fn form(head: &[u8], content_type: &str) -> Form {
    if is_sound(head) {
        return Form::Sound;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let says_sound = content_type.starts_with("audio/") || content_type.contains("octet-stream");
    let says_events = content_type.contains("event-stream") || content_type.contains("ndjson");
    match text.first() {
        _ if says_events => Form::Events,
        Some(b'{' | b'[' | b'<') => Form::Words,
        _ if says_sound => Form::Sound,
        Some(_) if FIELDS.iter().any(|field| text.starts_with(field)) => Form::Events,
        _ if content_type.starts_with("text/") || content_type.contains("json") => Form::Words,
        _ => Form::Sound,
    }
}

fn is_sound(head: &[u8]) -> bool {
    let is_frame = matches!(head, [0xff, second, ..] if second & 0xe0 == 0xe0);
    let is_mp4 = head.get(4..8) == Some(b"ftyp");
    is_frame || is_mp4 || BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
}
