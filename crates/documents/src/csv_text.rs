//! A table as text: sent as it is, with its rows counted so that a cut can be told.

use csv::ReaderBuilder;

use crate::Unit;
use crate::writing::Writing;

/// What separates cells, most usual first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(crate) fn read(text: &str, name: &str, writing: &mut Writing) {
    let rows = rows(text, separator(text, name));
    writing.count(Unit::Rows, rows.len());
    let mut from = 0;
    for to in rows {
        if !writing.begin_row() {
            return;
        }
        writing.push(text.get(from..to).unwrap_or_default());
        from = to;
    }
}

/// Where each row ends, line breaks inside of quotes left alone.
fn rows(text: &str, separator: u8) -> Vec<usize> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut ends = Vec::new();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        ends.push(usize::try_from(reader.position().byte()).unwrap_or(text.len()));
    }
    ends
}

fn separator(text: &str, name: &str) -> u8 {
    if name.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: u8| first.matches(char::from(separator)).count();
    // Of equally frequent ones the more usual: max_by_key takes the last.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
