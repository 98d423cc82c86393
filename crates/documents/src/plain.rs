//! Bytes -> text: by their mark, as UTF-8, by what they say of themselves, else by a careful guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::Refusal;

/// How much is looked at to tell text from other things, and to find a page's own word about its letters.
const LOOK: usize = 4096;

/// Whether these bytes are no text: zeros and control signs outside of UTF-16.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let start = bytes.get(..LOOK).unwrap_or(bytes);
    let odd = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    sixteen(bytes).is_none() && (start.contains(&0) || odd * 50 > start.len())
}

/// The text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if is_binary(bytes) {
        return Err(Refusal::UnknownKind);
    }
    let wide = sixteen(bytes);
    if Encoding::for_bom(bytes).is_none()
        && wide.is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(text.into());
    }
    let encoding = wide.or_else(|| declared(bytes)).unwrap_or_else(|| guessed(bytes));
    // A byte order mark says more than all of these, and is taken off.
    Ok(encoding.decode(bytes).0)
}

/// UTF-16 without a mark: every other byte of Latin text is zero.
fn sixteen(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..LOOK.min(bytes.len()) & !1)?;
    if start.len() < 8 {
        return None;
    }
    let zeros = |at: usize| start.chunks_exact(2).filter(|pair| pair.get(at) == Some(&0)).count();
    let (high, low, pairs) = (zeros(0), zeros(1), start.len() / 2);
    match (high * 10 > pairs * 7, low * 10 > pairs * 7) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// What a page says of itself: `charset=...` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..LOOK).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=").or_else(|| start.split_once("encoding="))?;
    let label = after.trim_start_matches(['"', '\'']).split(['"', '\'', ';', '>', ' ', '/']).next()?;
    Encoding::for_label(label.as_bytes())
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // It was UTF-8 once and a byte broke: the rest still is.
    if std::str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() * 10 > bytes.len() * 9) {
        UTF_8
    } else {
        guess
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GB18030, SHIFT_JIS, WINDOWS_1252};

    use super::*;

    #[test]
    fn letters_of_every_age_are_read() {
        let chinese = "周末做面包，需要面粉和水。先把面粉倒进碗里，再慢慢加水，揉成面团。";
        let japanese = "東京の天気は晴れです。パンを焼くには小麦粉と水が必要です。";
        let german = "Über die Brücke führt ein schöner Weg, größer als früher.";
        for (encoding, text) in [(GB18030, chinese), (SHIFT_JIS, japanese), (WINDOWS_1252, german)] {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy);
            assert_eq!(decode(&bytes).unwrap(), text, "{}", encoding.name());
        }
        assert_eq!(decode("plain 河".as_bytes()).unwrap(), "plain 河");
    }

    #[test]
    fn sixteen_bits_are_read_with_and_without_a_mark() {
        let text = "Meeting notes, third of May";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little).unwrap(), text);
        assert_eq!(decode(&big).unwrap(), text, "the mark is taken off");
        assert_eq!(decode(b"\xEF\xBB\xBFmarked").unwrap(), "marked");
    }

    #[test]
    fn a_page_says_how_it_is_written() {
        let (bytes, _, _) = GB18030.encode("<meta charset=\"gbk\"><p>河</p>");
        assert!(decode(&bytes).unwrap().contains('河'));
    }

    #[test]
    fn programs_and_sounds_are_no_text() {
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"));
        assert!(is_binary(&[0, 1, 2, 3, 250, 251, 0, 9, 9, 8, 7, 6]));
        assert!(
            !is_binary(b"\x1b[31mred\x1b[0m and plain words behind it"),
            "colours of a terminal are text"
        );
    }
}
