//! Inline marks of an unfinished paragraph: which are open at its end, and what to do about each.

/// A formula or an address that has not ended within this many bytes is shown as it stands.
const WAITING_BYTES: usize = 600;

/// A single dollar waits for its partner no longer than this.
const DOLLAR_BYTES: usize = 80;

/// The text as it is to be shown; nothing when it needs no change.
pub fn mend(text: &str) -> Option<String> {
    if !text.contains(['*', '_', '`', '[', '$', '~', '\\']) {
        return None;
    }
    let mut scan =
        Scan { text, at: 0, end: text.len(), open: Vec::new(), dropped: Vec::new(), closer: String::new() };
    while scan.at < scan.end {
        scan.step();
    }
    scan.mended()
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Nothing from here on is shown.
    end: usize,
    /// Emphasis that waits for its end: the mark and how many of it.
    open: Vec<(char, usize)>,
    /// Single characters that are not shown.
    dropped: Vec<usize>,
    /// What ends code that is still open.
    closer: String,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn step(&mut self) {
        match self.rest().chars().next() {
            Some('\\') => self.backslash(),
            Some('`') => self.code(),
            Some('$') => self.dollar(),
            Some('[') => self.bracket(),
            Some(mark @ ('*' | '_' | '~')) => self.emphasis(mark),
            Some(other) => self.at += other.len_utf8(),
            None => self.at = self.end,
        }
    }

    fn backslash(&mut self) {
        let next = self.rest().chars().nth(1);
        match next {
            Some('(') => self.formula(2, "\\)"),
            Some('[') => self.formula(2, "\\]"),
            Some(other) => self.at += 1 + other.len_utf8(),
            None => self.end = self.at,
        }
    }

    /// Skips a formula; one without an end waits.
    fn formula(&mut self, opener: usize, close: &str) {
        let rest = self.rest();
        match rest.get(opener..).and_then(|inner| inner.find(close)) {
            Some(length) => self.at += opener + length + close.len(),
            None if rest.len() < WAITING_BYTES => self.end = self.at,
            None => self.at += opener,
        }
    }

    fn dollar(&mut self) {
        let rest = self.rest();
        if rest.starts_with("$$") {
            return self.formula(2, "$$");
        }
        let inner = rest.get(1..).unwrap_or_default();
        let is_formula = inner.starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_digit());
        match inner.find('$') {
            Some(length) if is_formula => self.at += length + 2,
            None if is_formula && rest.len() < DOLLAR_BYTES => self.end = self.at,
            _ => self.at += 1,
        }
    }

    fn code(&mut self) {
        let rest = self.rest();
        let length = run(rest, '`');
        let inner = rest.get(length..).unwrap_or_default();
        if let Some(close) = closing_ticks(inner, length) {
            self.at += length + close + length;
        } else if inner.trim().is_empty() {
            self.end = self.at;
        } else {
            // A shorter run at the very end is the beginning of the closing one.
            self.end = self.at + length + inner.trim_end_matches('`').trim_end().len();
            self.closer = "`".repeat(length);
            self.at = self.end;
        }
    }

    fn bracket(&mut self) {
        let rest = self.rest();
        let Some(close) = closing_bracket(rest) else {
            return self.half_label();
        };
        let label = rest.get(1..close).unwrap_or_default();
        let after = rest.get(close + 1..).unwrap_or_default();
        let waits = match after.chars().next() {
            None => label.chars().count() > 1 && !label.starts_with('^'),
            Some('(') => !after.contains(')') && after.len() < WAITING_BYTES,
            Some('[') => !after.contains(']') && after.len() < WAITING_BYTES,
            Some(_) => false,
        };
        if waits {
            self.end = self.at + close;
            self.drop_bracket();
        } else if matches!(after.chars().next(), Some('(')) {
            // An address may hold any mark: it is passed over as a whole.
            let address = after.find(')').map_or(0, |at| at + 1);
            self.text_within(close);
            self.at += address;
        } else {
            self.at += 1;
        }
    }

    fn half_label(&mut self) {
        if self.rest().starts_with("[^") {
            self.end = self.at;
        } else {
            self.drop_bracket();
        }
    }

    fn drop_bracket(&mut self) {
        let is_picture = self.text.get(..self.at).is_some_and(|before| before.ends_with('!'));
        self.dropped.extend(is_picture.then(|| self.at - 1));
        self.dropped.push(self.at);
        self.at += 1;
    }

    /// Passes over a finished label; emphasis that opens in it ends in it.
    fn text_within(&mut self, close: usize) {
        self.at += close + 1;
    }

    fn emphasis(&mut self, mark: char) {
        let rest = self.rest();
        let mut length = run(rest, mark);
        let next = rest.get(length..).and_then(|after| after.chars().next());
        let before = self.text.get(..self.at).and_then(|before| before.chars().next_back());
        let start = self.at;
        self.at += length;
        if next.is_none() && self.open.last() != Some(&(mark, length)) {
            self.end = start;
            return;
        }
        let is_word = |c: Option<char>| mark == '_' && c.is_some_and(char::is_alphanumeric);
        if before.is_some_and(|c| !c.is_whitespace()) && !is_word(next) {
            length = self.close(mark, length);
        }
        if length > 0 && next.is_some_and(|c| !c.is_whitespace()) && !is_word(before) {
            self.open.push((mark, length));
        }
    }

    /// Ends what `length` marks can end; returns how many are left over.
    fn close(&mut self, mark: char, mut length: usize) -> usize {
        while length > 0 {
            match self.open.last_mut() {
                Some((open, count)) if *open == mark && *count > length => {
                    *count -= length;
                    length = 0;
                }
                Some((open, count)) if *open == mark => {
                    length -= *count;
                    self.open.pop();
                }
                _ => break,
            }
        }
        length
    }

    fn mended(self) -> Option<String> {
        if self.end == self.text.len()
            && self.open.is_empty()
            && self.dropped.is_empty()
            && self.closer.is_empty()
        {
            return None;
        }
        let kept = self.text.get(..self.end).unwrap_or_default().char_indices();
        let mut mended: String = kept.filter(|(at, _)| !self.dropped.contains(at)).map(|(_, c)| c).collect();
        if !self.open.is_empty() || !self.closer.is_empty() {
            mended.truncate(mended.trim_end().len());
        }
        mended.push_str(&self.closer);
        for (mark, length) in self.open.iter().rev() {
            mended.extend(std::iter::repeat_n(*mark, *length));
        }
        Some(mended)
    }
}

fn run(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).count()
}

fn closing_ticks(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
        at += found;
        let ticks = run(text.get(at..).unwrap_or_default(), '`');
        if ticks == length {
            return Some(at);
        }
        at += ticks;
    }
    None
}

fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth <= 1 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}
