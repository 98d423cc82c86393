//! A value as rows and columns: a list of objects, a list of single values, or an object as names beside values.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::path::{Path, Step, at};
use crate::tree::{Kind, shortened};

/// Columns that a table has at most; what has more is read as a tree.
const MOST_COLUMNS: usize = 60;
/// Rows that are looked at for how wide a column is.
const SAMPLE: usize = 200;
/// Letters of a cell that count for the width of its column.
const WIDEST: usize = 40;

/// What the table shows and where it stands. Its rows are asked for by [`Table::rows`].
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DataTable")]
pub struct Table {
    /// The list or object that is shown.
    pub at: Path,
    /// The columns, in the order in which their names appear. Empty for an object: names beside values.
    pub columns: Vec<Column>,
    /// How many rows there are.
    #[ts(type = "number")]
    pub rows: usize,
    /// Names beside values, not one row per entry.
    pub pairs: bool,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DataColumn")]
pub struct Column {
    /// The name that its values have; "" for the values themselves.
    pub name: String,
    /// All its values seen are numbers.
    pub numeric: bool,
    /// Letters of the widest value seen, bounded.
    #[ts(type = "number")]
    pub width: usize,
}

impl Table {
    /// The table that `value` makes, if it makes one: itself, or the one list that it holds.
    pub fn of(value: &Value) -> Option<Self> {
        let path = main_part(value);
        match at(value, &path)? {
            Value::Array(rows) => Self::of_list(path, rows),
            Value::Object(pairs) if !pairs.is_empty() => {
                Some(Self { at: path, columns: Vec::new(), rows: pairs.len(), pairs: true })
            }
            _ => None,
        }
    }

    fn of_list(path: Path, rows: &[Value]) -> Option<Self> {
        let objects = rows.iter().filter(|row| row.is_object()).count();
        // Objects among other things are no table; neither are lists in a list.
        if rows.is_empty() || (objects != 0 && objects != rows.len()) || rows.iter().any(Value::is_array) {
            return None;
        }
        let columns = if objects == 0 { vec![String::new()] } else { names(rows) };
        if columns.is_empty() || columns.len() > MOST_COLUMNS {
            return None;
        }
        let columns = columns.into_iter().map(|name| Column::of(name, rows)).collect();
        Some(Self { at: path, columns, rows: rows.len(), pairs: false })
    }

    /// True when a table says it better than a tree: nothing in it is folded away into a cell.
    pub fn is_flat(&self, value: &Value) -> bool {
        let single = |part: &Value| !part.is_object() && !part.is_array();
        match at(value, &self.at) {
            Some(Value::Array(rows)) => rows.iter().take(SAMPLE).all(|row| {
                single(row)
                    || row
                        .as_object()
                        .is_some_and(|row| row.values().all(|part| single(part) || is_short(part)))
            }),
            Some(Value::Object(pairs)) => pairs.values().all(|part| single(part) || is_short(part)),
            _ => false,
        }
    }

    /// `count` rows from the one at `from` on: the texts of their cells in the order of the columns; for pairs a name
    /// and a value. A cell without a value is none.
    pub fn rows(&self, value: &Value, from: usize, count: usize) -> Vec<Vec<Option<String>>> {
        match at(value, &self.at) {
            Some(Value::Array(rows)) => {
                rows.iter().skip(from).take(count).map(|row| self.cells(row)).collect()
            }
            Some(Value::Object(pairs)) => {
                let wanted = pairs.iter().skip(from).take(count);
                wanted.map(|(name, part)| vec![Some(name.clone()), Some(cell(part))]).collect()
            }
            _ => Vec::new(),
        }
    }

    fn cells(&self, row: &Value) -> Vec<Option<String>> {
        self.columns.iter().map(|column| column.part(row).map(cell)).collect()
    }
}

impl Column {
    fn of(name: String, rows: &[Value]) -> Self {
        let mut column = Self { name, numeric: false, width: 0 };
        let seen: Vec<&Value> = rows.iter().take(SAMPLE).filter_map(|row| column.part(row)).collect();
        let said = |part: &&Value| !part.is_null();
        let numeric = seen.iter().any(|part| said(part))
            && seen.iter().filter(|part| said(part)).all(|part| part.is_number());
        let widths = seen.iter().map(|part| width(&cell(part))).chain([width(&column.name)]);
        column.width = widths.max().unwrap_or_default();
        column.numeric = numeric;
        column
    }

    /// The value that a row has in this column.
    pub(crate) fn part<'a>(&self, row: &'a Value) -> Option<&'a Value> {
        if row.is_object() { row.get(&self.name) } else { Some(row) }
    }
}

/// Services that hold models to a schema want an object outside: a list that is all it holds is what is meant.
fn main_part(value: &Value) -> Path {
    match value.as_object().map(|object| (object.len(), object.iter().next())) {
        Some((1, Some((name, Value::Array(_))))) => vec![Step::Name(name.clone())],
        _ => Path::new(),
    }
}

/// All names of all rows, in the order in which they appear.
fn names(rows: &[Value]) -> Vec<String> {
    let mut seen: HashMap<&str, ()> = HashMap::new();
    let mut names = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(serde_json::Map::keys) {
        if seen.insert(name, ()).is_none() {
            names.push(name.clone());
        }
        if names.len() > MOST_COLUMNS {
            break;
        }
    }
    names
}

/// What stands in a cell: single values as they are, others as JSON.
fn cell(part: &Value) -> String {
    match part {
        Value::String(text) => shortened(text),
        Value::Null => String::new(),
        other if Kind::of(other) == Kind::List && is_short(other) => {
            let parts = other.as_array().map(Vec::as_slice).unwrap_or_default();
            shortened(&parts.iter().map(cell).collect::<Vec<_>>().join(", "))
        }
        other => shortened(&other.to_string()),
    }
}

/// A list of single values reads well in a cell.
fn is_short(part: &Value) -> bool {
    part.as_array().is_some_and(|parts| parts.iter().all(|part| !part.is_object() && !part.is_array()))
}

/// How much room a text takes: letters of scripts without blanks are twice as wide.
fn width(text: &str) -> usize {
    let line = text.lines().map(|line| {
        let letters = line.chars().take(WIDEST);
        letters.map(|letter| if letter < '\u{2e80}' { 1 } else { 2 }).sum::<usize>()
    });
    line.max().unwrap_or_default().min(WIDEST)
}
