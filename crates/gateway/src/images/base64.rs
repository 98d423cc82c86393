//! Turns base64 into bytes, a letter at a time, as services write it: with or without padding, in either alphabet, with
//! line ends inside. It knows nothing of JSON.

/// Longer beginnings of a data URL than this are none.
const LONGEST_PREFIX: usize = 200;

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
    /// Takes the next letter.
    pub(super) fn push(&mut self, letter: u8) {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => return self.is_padded = true,
            _ if letter.is_ascii_whitespace() => return,
            _ => return self.give_up(),
        };
        if self.is_padded || self.is_broken {
            return self.give_up();
        }
        self.bits = self.bits << 6 | u32::from(six);
        self.count += 1;
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
        (!self.is_broken && !self.out.is_empty()).then_some(self.out)
    }

    fn give_up(&mut self) {
        self.is_broken = true;
        self.out = Vec::new();
    }
}

/// The bytes of a text that is base64 or a data URL of such.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut base64 = Base64::default();
    payload(text.trim().as_bytes())?.iter().for_each(|letter| base64.push(*letter));
    base64.finish()
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
