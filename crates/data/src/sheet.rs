//! A table as CSV (RFC 4180). A text that a spreadsheet would take for a formula is marked as text: data from outside
//! must not run anything.

use serde_json::Value;

use crate::path::at;
use crate::table::Table;

/// CSV, and what was changed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The lines, divided as the standard says.
    pub text: String,
    /// Cells that got an apostrophe in front because they look like a formula.
    pub marked: usize,
}

/// The table as CSV, its column names first. Nothing is shortened.
pub fn csv(table: &Table, value: &Value) -> Sheet {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut marked = 0;
    for line in lines(table, value) {
        let cells = line.into_iter().map(|cell| safe(cell, &mut marked));
        // Writing into memory does not fail; a line that would is left out rather than the whole.
        _ = writer.write_record(cells.collect::<Vec<_>>());
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Sheet { text: String::from_utf8(bytes).unwrap_or_default(), marked }
}

/// A cell, and whether it is a text of the answer's.
struct Cell {
    text: String,
    is_text: bool,
}

fn lines(table: &Table, value: &Value) -> Vec<Vec<Cell>> {
    let heading = |name: &String| Cell { text: name.clone(), is_text: true };
    match at(value, &table.at) {
        Some(Value::Array(rows)) => {
            let lines =
                rows.iter().map(|row| table.columns.iter().map(|column| cell(column.part(row))).collect());
            // A list of single values has no name to stand above it.
            let head = table.columns.iter().any(|column| !column.name.is_empty());
            let head = head.then(|| table.columns.iter().map(|column| heading(&column.name)).collect());
            head.into_iter().chain(lines).collect()
        }
        Some(Value::Object(pairs)) => {
            pairs.iter().map(|(name, part)| vec![heading(name), cell(Some(part))]).collect()
        }
        _ => Vec::new(),
    }
}

fn cell(part: Option<&Value>) -> Cell {
    match part {
        Some(Value::String(text)) => Cell { text: text.clone(), is_text: true },
        None | Some(Value::Null) => Cell { text: String::new(), is_text: false },
        Some(other) => Cell { text: other.to_string(), is_text: false },
    }
}

/// Spreadsheets read what begins like this as something to compute or to call.
fn safe(cell: Cell, marked: &mut usize) -> String {
    if !cell.is_text || !cell.text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    {
        return cell.text;
    }
    *marked += 1;
    format!("'{}", cell.text)
}
