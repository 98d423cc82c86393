//! EXIF with a description, the maker, and a comment that holds everything, in the order of bytes in which other picture
//! programs write and read it.

use super::{MAKER, Told};

const ASCII: u16 = 2;
const LONG: u16 = 4;
const UNDEFINED: u16 = 7;

/// The order of bytes, and where the first list begins.
const HEAD: &[u8] = b"MM\0\x2a\0\0\0\x08";
/// Both lists with their counts and ends. What is longer than four bytes lies behind them.
const FIRST: usize = 2 + 3 * 12 + 4;
const SECOND: usize = 2 + 12 + 4;

pub(super) fn of(told: &Told) -> Vec<u8> {
    let description = [told.prompt.replace('\0', "").as_bytes(), b"\0"].concat();
    let maker = [MAKER.as_bytes(), b"\0"].concat();
    let wide: Vec<u8> = told.parameters().encode_utf16().flat_map(u16::to_be_bytes).collect();
    let comment = [b"UNICODE\0", wide.as_slice()].concat();
    let mut lists = Lists::default();
    lists.begin(3);
    lists.entry(0x010e, ASCII, &description);
    lists.entry(0x0131, ASCII, &maker);
    lists.second(0x8769);
    lists.end();
    lists.begin(1);
    lists.entry(0x9286, UNDEFINED, &comment);
    lists.end();
    [HEAD, &lists.entries, &lists.data].concat()
}

/// Two lists of entries, and what they point to.
#[derive(Default)]
struct Lists {
    entries: Vec<u8>,
    data: Vec<u8>,
}

impl Lists {
    fn begin(&mut self, count: u16) {
        self.entries.extend(count.to_be_bytes());
    }

    fn entry(&mut self, tag: u16, kind: u16, content: &[u8]) {
        let mut value = [0; 4];
        if let Some(inline) = value.get_mut(..content.len()) {
            inline.copy_from_slice(content);
        } else {
            value = number(HEAD.len() + FIRST + SECOND + self.data.len());
            self.data.extend(content);
            // Everything begins at an even place.
            self.data.resize(self.data.len().next_multiple_of(2), 0);
        }
        self.entries.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        self.entries.extend([number(content.len()), value].concat());
    }

    /// Tells where the second list is.
    fn second(&mut self, tag: u16) {
        self.entries.extend([tag.to_be_bytes(), LONG.to_be_bytes()].concat());
        self.entries.extend([number(1), number(HEAD.len() + FIRST)].concat());
    }

    fn end(&mut self) {
        self.entries.extend([0; 4]);
    }
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}
