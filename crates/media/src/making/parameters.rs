//! The text that picture programs have come to write: the prompt, what shall not be seen, and a last line of settings, as
//! "Steps: 20, Sampler: Euler a, Seed: 7". Medley writes it too.

use super::{LONGEST_SETTING, MOST_SETTINGS, Making, NEGATIVE};

/// A line of settings begins with one of these.
const FIRST: &[&str] = &["Steps", "Size", "Model", "Seed", "Sampler", "CFG scale"];
const NOT_SEEN: &str = "Negative prompt:";

pub(super) fn of(text: &str) -> Making {
    let lines: Vec<&str> = text.lines().collect();
    let found = lines.iter().enumerate().rev().find_map(|(at, line)| Some((at, settings(line)?)));
    let (end, mut settings) = found.unwrap_or((lines.len(), Vec::new()));
    let words = lines.get(..end).unwrap_or_default().join("\n");
    let (prompt, negative) = match words.split_once(NOT_SEEN) {
        Some((prompt, negative)) => (prompt.trim(), negative.trim()),
        None => (words.trim(), ""),
    };
    let model = settings.iter().position(|(name, _)| name == "Model").map(|at| settings.remove(at).1);
    if !negative.is_empty() {
        settings.insert(0, (NEGATIVE.to_owned(), negative.to_owned()));
    }
    Making { prompt: prompt.to_owned(), model: model.unwrap_or_default(), settings, taken: None }
}

/// A line of settings; none when it is a line of words.
fn settings(line: &str) -> Option<Vec<(String, String)>> {
    let (first, _) = line.split_once(':')?;
    if !FIRST.contains(&first.trim()) {
        return None;
    }
    let mut settings: Vec<(String, String)> = Vec::new();
    for part in parts(line) {
        if settings.len() > MOST_SETTINGS {
            break;
        }
        match (part.split_once(':'), settings.last_mut()) {
            (Some((name, value)), _) => {
                settings.push((name.trim().to_owned(), value.trim().trim_matches('"').to_owned()));
            }
            // A comma within a value, which is cut later where it is too long; a letter has four bytes at most.
            (None, Some((_, value))) if value.len() < 4 * LONGEST_SETTING => {
                value.push(',');
                value.push_str(part);
            }
            (None, Some(_)) => {}
            (None, None) => return None,
        }
    }
    Some(settings)
}

/// What stands between commas, where these do not stand between quotation marks.
fn parts(line: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in line.char_indices() {
        match letter {
            '"' if !escaped => quoted = !quoted,
            ',' if !quoted => {
                parts.extend(line.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    parts.extend(line.get(start..));
    parts.retain(|part| !part.trim().is_empty());
    parts
}
