//! What settled text has defined and referred to, for the part that is still rendered; it keeps no other text.

use std::fmt::Write as _;

use crate::fence::Fence;

/// Definitions are handed to every later rendering: more of them, in bytes, would cost more than they help.
const KEPT_BYTES: usize = 4 * 1024;

/// Link definitions and footnote labels of settled text.
#[derive(Default)]
pub struct Known {
    links: String,
    labels: Vec<String>,
}

impl Known {
    /// Source to put before the open part: references to every footnote that settled text refers to, so that numbers
    /// go on counting, then the link definitions.
    pub fn source(&self) -> String {
        let mut source = String::new();
        for label in &self.labels {
            // Writing to a string cannot fail.
            let _ = write!(source, "[^{label}] ");
        }
        if !source.is_empty() {
            source.push_str("\n\n");
        }
        if !self.links.is_empty() {
            source.push_str(&self.links);
            source.push('\n');
        }
        source
    }

    /// Whether [`Known::source`] begins with a paragraph, which is not to be shown.
    pub fn has_paragraph(&self) -> bool {
        !self.labels.is_empty()
    }

    /// Takes over what a newly settled part defines and refers to.
    pub fn absorb(&mut self, settled: &str) {
        if !settled.contains('[') {
            return;
        }
        let mut fence = None;
        for line in settled.lines() {
            fence = Fence::after(line, fence);
            if fence.is_none() {
                self.absorb_line(line);
            }
        }
    }

    fn absorb_line(&mut self, line: &str) {
        let is_definition = line.trim_start().starts_with('[') && line.contains("]:");
        if is_definition && !is_note(line) && self.links.len() + line.len() < KEPT_BYTES {
            self.links.push_str(line);
            self.links.push('\n');
        }
        for piece in line.split("[^").skip(1) {
            let label = piece.split_once(']').map(|(label, _)| label).filter(|label| is_label(label));
            if let Some(label) = label.filter(|label| !self.labels.iter().any(|known| known == label)) {
                self.labels.push(label.to_owned());
            }
        }
        self.labels.truncate(KEPT_BYTES / 32);
    }
}

/// Where the first footnote definition of `source` starts, in bytes.
pub fn first_note(source: &str) -> Option<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if is_note(line) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn is_note(line: &str) -> bool {
    let label = line.trim_start().strip_prefix("[^").and_then(|rest| rest.split_once("]:"));
    label.is_some_and(|(label, _)| is_label(label))
}

fn is_label(label: &str) -> bool {
    (1..=32).contains(&label.len()) && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}
