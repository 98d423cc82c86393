//! What relays of picture engines write for want of anything better: how far a picture is, line by line, and follow-ups
//! as links to a host that does not exist (reference 3.8).

use url::Url;

/// Letters of the longest line that tells nothing but how far a picture is.
const LONGEST_LINE: usize = 60;
/// Letters of the longest task id that is believed.
const LONGEST_TASK: usize = 80;
/// The words such a line begins with.
const BEGINNINGS: &[&str] = &["progress", "进度", "生成进度", "绘图进度", "任务进度", "当前进度"];

/// How far a picture is, in percent, when lines say nothing else; the last one counts. `bare` numbers alone count too.
pub fn progress(lines: &str, bare: bool) -> Option<u8> {
    let mut last = None;
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        last = Some(percent(line, bare)?);
    }
    last
}

fn percent(line: &str, bare: bool) -> Option<u8> {
    let line = line.trim().trim_start_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
    if line.chars().count() > LONGEST_LINE {
        return None;
    }
    let named = BEGINNINGS.iter().find_map(|word| line.strip_prefix(word));
    let (rest, bare) = match named {
        Some(rest) => (rest.trim_start_matches([':', '：', ' ']), true),
        None => (line.as_str(), bare),
    };
    let digits = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(digits);
    let rest = rest.trim();
    if !bare || !matches!(rest, "" | "%" | "…" | "..." | "%…" | "%...") {
        return None;
    }
    number.parse().ok().filter(|percent| *percent <= 100)
}

/// What to say for a follow-up, when an address is one: ".../UPSCALE-123-2" is "/UPSCALE 123 2".
pub fn command(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut parts = url.path_segments()?.next_back()?.split('-');
    let verb = parts.next().filter(|verb| matches!(*verb, "UPSCALE" | "VARIATION" | "REROLL"))?;
    let mut parts: Vec<&str> = parts.collect();
    let number = if verb == "REROLL" {
        None
    } else {
        Some(parts.pop().filter(|n| matches!(*n, "1" | "2" | "3" | "4"))?)
    };
    let task = parts.join("-");
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    if task.is_empty() || task.len() > LONGEST_TASK || !task.chars().all(plain) {
        return None;
    }
    Some(number.map_or_else(|| format!("/{verb} {task}"), |number| format!("/{verb} {task} {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_only_say_how_far_it_is_are_progress() {
        assert_eq!(progress("0\n13\n\n46\n", true), Some(46));
        assert_eq!(progress("Progress: 12%\n🕐 progress 40 %", false), Some(40));
        assert_eq!(progress("进度：100%", false), Some(100));
        for other in [
            "",
            "46",
            "progress was made: 3 of 4",
            "progress: 146%",
            "46% of people",
            "Progress: 4%\nand more",
        ] {
            assert_eq!(progress(other, false), None, "{other:?} says something else");
        }
        assert_eq!(progress("one\n2", true), None);
    }

    #[test]
    fn follow_ups_are_what_one_would_type() {
        for (address, said) in [
            ("https://nothing.example/UPSCALE-17-2", "/UPSCALE 17 2"),
            ("https://nothing.example/a/VARIATION-17-ab-4", "/VARIATION 17-ab 4"),
            ("https://nothing.example/REROLL-17", "/REROLL 17"),
        ] {
            assert_eq!(command(address).as_deref(), Some(said));
        }
        for address in [
            "https://nothing.example/UPSCALE-17-5",
            "https://nothing.example/UPSCALE-17",
            "https://nothing.example/UPSCALE--1",
            "https://nothing.example/REROLL-%3Cb%3E",
            "https://nothing.example/DELETE-1",
            "mailto:UPSCALE-1-1",
            "https://nothing.example/",
        ] {
            assert_eq!(command(address), None, "{address}");
        }
    }
}
