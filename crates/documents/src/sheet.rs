//! Workbooks: each sheet as a table of text, cells separated by commas. Formulas show their results.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Range, Reader, Xls, Xlsb, Xlsx};

use crate::writing::Writing;
use crate::zipped::Zipped;
use crate::{Limits, Refusal, Unit, odt};

/// A lonely cell far out must not cost a row of a million commas.
const MOST_COLUMNS: u32 = 1024;

pub(crate) fn read(bytes: &[u8], limits: &Limits, writing: &mut Writing) -> Result<(), Refusal> {
    let source = Cursor::new(bytes);
    if !bytes.starts_with(b"PK") {
        return whole::<Xls<_>>(source, writing);
    }
    let mut zip = Zipped::open(bytes, limits)?;
    zip.measure()?;
    if zip.has("xl/workbook.xml") {
        cell_by_cell(source, writing)
    } else if zip.has("xl/workbook.bin") {
        whole::<Xlsb<_>>(source, writing)
    } else if odt::is_encrypted(&mut zip)? {
        Err(Refusal::Encrypted)
    } else {
        whole::<Ods<_>>(source, writing)
    }
}

/// XLSX is read cell by cell: two cells at far corners span a sheet of 17 thousand million.
fn cell_by_cell(source: Cursor<&[u8]>, writing: &mut Writing) -> Result<(), Refusal> {
    let mut book = Xlsx::new(source).map_err(|_| Refusal::Damaged)?;
    let names = book.sheet_names();
    writing.count(Unit::Sheets, names.len());
    for name in names {
        if !writing.begin(&heading(&name)) {
            return Ok(());
        }
        // A sheet may be a chart, which has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut table = Table::new(writing);
        while let Some(cell) = cells.next_cell().map_err(|_| Refusal::Damaged)? {
            let (row, column) = cell.get_position();
            if !table.put(row, column, &shown(&Data::from(DataRef::clone(cell.get_value())))) {
                break;
            }
        }
        table.end_row();
    }
    Ok(())
}

fn whole<'bytes, B: Reader<Cursor<&'bytes [u8]>>>(
    source: Cursor<&'bytes [u8]>,
    writing: &mut Writing,
) -> Result<(), Refusal> {
    let mut book = B::new(source).map_err(|_| Refusal::Damaged)?;
    let names = book.sheet_names();
    writing.count(Unit::Sheets, names.len());
    for name in names {
        if !writing.begin(&heading(&name)) {
            return Ok(());
        }
        let Ok(range) = book.worksheet_range(&name) else { continue };
        put_range(&range, &mut Table::new(writing));
    }
    Ok(())
}

fn put_range(range: &Range<Data>, table: &mut Table) {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        let place = |start: u32, at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        if !table.put(place(top, row), place(left, column), &shown(cell)) {
            break;
        }
    }
    table.end_row();
}

fn heading(name: &str) -> String {
    format!("[Sheet {name}]")
}

/// A table while it is written.
struct Table<'out> {
    writing: &'out mut Writing,
    row: Option<u32>,
    column: u32,
}

impl<'out> Table<'out> {
    fn new(writing: &'out mut Writing) -> Self {
        Self { writing, row: None, column: 0 }
    }

    /// Adds a cell; false when no more is to be read. Empty rows are left out, empty cells are not.
    fn put(&mut self, row: u32, column: u32, text: &str) -> bool {
        if text.is_empty() || column >= MOST_COLUMNS {
            return true;
        }
        if self.row != Some(row) {
            self.end_row();
            self.row = Some(row);
        }
        while self.column < column {
            self.writing.push(",");
            self.column += 1;
        }
        self.writing.push(&quoted(text));
        !self.writing.is_full()
    }

    fn end_row(&mut self) {
        self.writing.end_line();
        self.column = 0;
    }
}

/// A cell that holds a separator stands in quotes.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into()
    }
}

/// What a person sees in a cell, nearly.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(at) if at.is_datetime() => date(at),
        Data::DateTimeIso(text) | Data::DurationIso(text) | Data::String(text) => text.clone(),
        Data::Bool(true) => "TRUE".into(),
        Data::Bool(false) => "FALSE".into(),
        other => other.to_string(),
    }
}

fn date(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let time = if (hour, minute, second) == (0, 0, 0) {
        String::new()
    } else {
        format!(" {hour:02}:{minute:02}:{second:02}")
    };
    format!("{year:04}-{month:02}-{day:02}{time}")
}
