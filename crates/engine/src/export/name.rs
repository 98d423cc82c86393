//! Names of files made from titles: readable, the same on every system, and never a way out of the folder.

use std::collections::{HashMap, HashSet};

/// Letters of a name, and its bytes: names of 255 bytes are the most that file systems take.
const LETTERS: usize = 80;
const BYTES: usize = 180;

/// Names that mean a device on Windows.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// A file name without its ending.
pub(crate) fn file(title: &str, untitled: &str) -> String {
    let spaced: String = title.chars().map(|sign| if is_safe(sign) { sign } else { ' ' }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = String::new();
    for sign in words.trim_matches(['.', ' ', '~']).chars().take(LETTERS) {
        if name.len() + sign.len_utf8() > BYTES {
            break;
        }
        name.push(sign);
    }
    let name = name.trim_end_matches(['.', ' ']);
    match name {
        "" => untitled.to_owned(),
        device if is_device(device) => format!("{device}_"),
        usual => usual.to_owned(),
    }
}

/// Letters that mean something to a file system, that are not seen, or that turn the direction of reading.
fn is_safe(sign: char) -> bool {
    let invisible = matches!(sign, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !(sign.is_control() || invisible || matches!(sign, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        stem.strip_prefix(port)
            .is_some_and(|number| number.len() == 1 && number.chars().all(|sign| sign.is_ascii_digit()))
    });
    numbered || DEVICES.contains(&stem.as_str())
}

/// Names that are given out once each, also where a file system sees no difference between capitals.
#[derive(Default)]
pub(super) struct Names {
    given: HashSet<String>,
    /// The number to go on with, for each stem.
    next: HashMap<String, u32>,
}

impl Names {
    /// `stem`, or `stem 2` and so on.
    pub(super) fn one(&mut self, stem: &str) -> String {
        let next = self.next.entry(stem.to_lowercase()).or_insert(1);
        loop {
            let name = if *next == 1 { stem.to_owned() } else { format!("{stem} {next}") };
            *next += 1;
            if self.given.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

/// A name as a part of an address: everything but plain letters is spelt out, so that none is read as more.
pub(super) fn address(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    name.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        for (title, name) in [
            ("Rooftop garden", "Rooftop garden"),
            ("四川菜谱翻译", "四川菜谱翻译"),
            ("a/b\\c: \"d\" <e> | f?*", "a b c d e f"),
            ("../../etc/passwd", "etc passwd"),
            ("  ..hidden.. ", "hidden"),
            ("line\nbreak\tand\0zero", "line break and zero"),
            ("evil\u{202E}gpj.exe", "evil gpj.exe"),
            ("CON", "CON_"),
            ("com1.txt", "com1.txt_"),
            ("Console", "Console"),
            ("...", "Untitled"),
            ("", "Untitled"),
            ("~", "Untitled"),
        ] {
            assert_eq!(file(title, "Untitled"), name, "{title:?}");
        }
    }

    #[test]
    fn a_long_title_is_cut_between_letters() {
        let long = file(&"长".repeat(500), "Untitled");
        assert!(long.len() <= BYTES && long.chars().all(|sign| sign == '长'), "{} bytes", long.len());
        assert!(file(&"a b. ".repeat(100), "x").chars().count() <= LETTERS);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let given: Vec<_> = ["Tea", "tea", "Tea", "Tea 2"].map(|stem| names.one(stem)).into();
        assert_eq!(given, ["Tea", "tea 2", "Tea 3", "Tea 2 2"], "also without regard to capitals");
    }
}
