//! Turns base64 into bytes while it arrives, as services write it: with or without padding, in either alphabet, with
//! line ends inside. It knows nothing of JSON.

/// Longer beginnings of a data URL than this are none.
const LONGEST_PREFIX: usize = 200;

/// What no letter stands for.
const NONE: u8 = 64;

/// Bytes under way.
#[derive(Debug, Default)]
pub(super) struct Base64 {
    out: Vec<u8>,
    bits: u32,
    count: u8,
    is_padded: bool,
    is_broken: bool,
}

impl Base64 {
    /// Takes the next letters, up to a quote or a backslash, and gives back what is left from there. Four at a time where
    /// nothing is out of the ordinary, because a picture has millions.
    pub(super) fn extend<'a>(&mut self, mut letters: &'a [u8]) -> &'a [u8] {
        while let [letter, rest @ ..] = letters {
            if self.count == 0
                && !self.is_padded
                && !self.is_broken
                && let [a, b, c, d, after @ ..] = letters
            {
                let (a, b, c, d) = (six(*a), six(*b), six(*c), six(*d));
                if (a | b | c | d) < NONE {
                    self.out.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
                    letters = after;
                    continue;
                }
            }
            if matches!(letter, b'"' | b'\\') {
                break;
            }
            self.push(*letter);
            letters = rest;
        }
        letters
    }

    /// Takes the next letter.
    pub(super) fn push(&mut self, letter: u8) {
        match six(letter) {
            _ if letter == b'=' => self.is_padded = true,
            _ if letter.is_ascii_whitespace() => {}
            six if six == NONE || self.is_padded || self.is_broken => {
                self.is_broken = true;
                self.out = Vec::new();
            }
            six => {
                self.bits = self.bits << 6 | u32::from(six);
                self.count += 1;
            }
        }
        if self.count == 4 {
            let [_, bytes @ ..] = self.bits.to_be_bytes();
            self.out.extend_from_slice(&bytes);
            (self.bits, self.count) = (0, 0);
        }
    }

    /// The bytes; nothing when there are none or when it was no base64.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        let [_, first, second, _] = (self.bits << (6 * (4 - u32::from(self.count)))).to_be_bytes();
        match self.count {
            0 => {}
            2 => self.out.push(first),
            3 => self.out.extend_from_slice(&[first, second]),
            _ => return None,
        }
        self.out.shrink_to_fit();
        (!self.is_broken && !self.out.is_empty()).then_some(self.out)
    }
}

/// What a letter stands for, in either alphabet.
fn six(letter: u8) -> u8 {
    match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => NONE,
    }
}

/// The bytes of a text that is base64 or a data URL of such.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut base64 = Base64::default();
    let left = base64.extend(payload(text.trim().as_bytes())?);
    base64.finish().filter(|_| left.is_empty())
}

/// True for a beginning that can go on as base64.
pub(super) fn may_be(beginning: &[u8]) -> bool {
    let is_letter =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte) || byte.is_ascii_whitespace();
    payload(beginning).is_some_and(|rest| rest.iter().all(is_letter))
}

/// What follows the beginning of a data URL, or all of what is none. Nothing for data that is not base64.
pub(super) fn payload(text: &[u8]) -> Option<&[u8]> {
    if !is_data_url(text) {
        return Some(text);
    }
    let comma = text.iter().take(LONGEST_PREFIX).position(|byte| *byte == b',')?;
    let (head, rest) = text.split_at(comma);
    head.to_ascii_lowercase().ends_with(b";base64").then(|| rest.get(1..).unwrap_or_default())
}

pub(super) fn is_data_url(text: &[u8]) -> bool {
    text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"data:"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Base64, decode};

    #[test]
    fn base64_is_read_as_services_write_it() {
        for text in [
            "AAEC/f7/",
            "AAEC_f7_",
            " AAEC\n/f7/\r\n",
            "data:image/png;base64,AAEC/f7/",
            "DATA:image/svg+xml;charset=utf-8;BASE64,AAEC/f7/",
            "data:;base64,AAEC/f7/",
        ] {
            assert_eq!(decode(text).as_deref(), Some(&[0, 1, 2, 253, 254, 255][..]), "{text:?}");
        }
        assert_eq!(decode("AAE=").as_deref(), Some(&[0, 1][..]), "padded");
        assert_eq!(decode("AAE").as_deref(), Some(&[0, 1][..]), "not padded");
        assert_eq!(decode("AA==").as_deref(), Some(&[0][..]), "padded twice");
        for text in [
            "",
            "A",
            "AAAAA",
            "AA=A",
            "A!AA",
            "AAAA\\",
            "AA\"A",
            "data:image/png,AAAA",
            "data:image/png;base64,",
            "data:",
            "é",
        ] {
            assert_eq!(decode(text), None, "{text:?} is none");
        }
    }

    proptest! {
        #[test]
        fn pieces_change_nothing(text in "[A-Za-z0-9+/=\n!]{0,60}", cut in any::<prop::sample::Index>()) {
            let whole = decode(&text);
            let (front, back) = text.split_at(cut.index(text.len() + 1));
            let mut pieces = Base64::default();
            let left = [pieces.extend(front.as_bytes()), pieces.extend(back.as_bytes())].concat();
            prop_assert!(left.is_empty(), "there was no quote");
            prop_assert_eq!(pieces.finish(), whole);
        }

        #[test]
        fn what_is_written_is_read(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn anything_is_read_without_a_fault(text in ".{0,300}") {
            let _ = decode(&text);
            let _ = decode(&format!("data:{text}"));
        }
    }

    /// The plain way, a bit at a time.
    fn encode(bytes: &[u8]) -> String {
        let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
        let mut bits: Vec<bool> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1 == 1)).collect();
        bits.resize(bits.len().div_ceil(6) * 6, false);
        bits.chunks(6)
            .map(|six| letters[six.iter().fold(0, |sum, bit| sum * 2 + usize::from(*bit))])
            .collect()
    }
}
