//! What a file is, by its bytes. Its name only tells kinds of text apart: a name can lie.

use serde::{Deserialize, Serialize};

use crate::{Limits, Refusal, plain, zipped::Zipped};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// A text of Word.
    Docx,
    /// A text of `OpenDocument`.
    Odt,
    /// Slides of `PowerPoint`.
    Pptx,
    /// A workbook: XLSX, XLSB, XLS or ODS.
    Sheet,
    /// A table as text.
    Csv,
    /// A book.
    Epub,
    /// A web page.
    Html,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
    /// Text, or the source of a program.
    Text,
}

impl Kind {
    /// The kind as it is written down: `pdf`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pptx => "pptx",
            Self::Sheet => "sheet",
            Self::Csv => "csv",
            Self::Epub => "epub",
            Self::Html => "html",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Text => "text",
        }
    }

    /// The media type that services are told.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Sheet => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Epub => "application/epub+zip",
            Self::Html => "text/html",
            Self::Json => "application/json",
            Self::Markdown => "text/markdown",
            Self::Text => "text/plain",
        }
    }
}

/// How far into a file a PDF may begin: readers have always allowed some rubbish in front.
const PDF_WITHIN: usize = 1024;

/// What these bytes are.
pub(crate) fn of(bytes: &[u8], name: &str, limits: &Limits) -> Result<Kind, Refusal> {
    let start = bytes.get(..PDF_WITHIN).unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(bytes, limits);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return compound(bytes);
    }
    if start.windows(5).any(|five| five == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if plain::is_binary(bytes) {
        return Err(Refusal::UnknownKind);
    }
    Ok(text(bytes, name))
}

/// A packed file is known by what it holds.
fn packed(bytes: &[u8], limits: &Limits) -> Result<Kind, Refusal> {
    let mut zip = Zipped::open(bytes, limits)?;
    let known = [
        ("word/document.xml", Kind::Docx),
        ("ppt/presentation.xml", Kind::Pptx),
        ("xl/workbook.xml", Kind::Sheet),
        ("xl/workbook.bin", Kind::Sheet),
    ];
    if let Some((_, kind)) = known.iter().find(|(entry, _)| zip.has(entry)) {
        return Ok(*kind);
    }
    let mimetype = if zip.has("mimetype") { zip.small("mimetype")? } else { String::new() };
    match mimetype.trim() {
        "application/epub+zip" => Ok(Kind::Epub),
        "application/vnd.oasis.opendocument.text" => Ok(Kind::Odt),
        "application/vnd.oasis.opendocument.spreadsheet" => Ok(Kind::Sheet),
        _ if zip.has("META-INF/container.xml") => Ok(Kind::Epub),
        _ => Err(Refusal::UnknownKind),
    }
}

/// The container of old Office files, and of new ones behind a password.
fn compound(bytes: &[u8]) -> Result<Kind, Refusal> {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        Err(Refusal::Encrypted)
    } else if holds("Workbook") {
        Ok(Kind::Sheet)
    } else if holds("WordDocument") || holds("PowerPoint Document") {
        Err(Refusal::OldFormat)
    } else {
        Err(Refusal::UnknownKind)
    }
}

fn text(bytes: &[u8], name: &str) -> Kind {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "csv" | "tsv" => Kind::Csv,
        "md" | "markdown" => Kind::Markdown,
        "json" | "jsonl" | "ndjson" | "geojson" | "ipynb" => Kind::Json,
        // The source of a page that somebody programs is asked about as source.
        "svelte" | "vue" | "php" | "jsx" | "tsx" | "xml" | "svg" => Kind::Text,
        _ if is_page(bytes) => Kind::Html,
        _ => Kind::Text,
    }
}

/// Whether text begins as a web page does.
fn is_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..PDF_WITHIN).unwrap_or(bytes)).to_ascii_lowercase();
    let mut rest = start.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = behind.trim_start();
    }
    if let Some((_, behind)) = rest.strip_prefix("<?xml").and_then(|line| line.split_once("?>")) {
        rest = behind.trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| rest.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8], name: &str) -> Result<Kind, Refusal> {
        of(bytes, name, &Limits::default())
    }

    #[test]
    fn bytes_decide_and_names_only_tell_texts_apart() {
        assert_eq!(kind(b"%PDF-1.7 rest", "notes.txt"), Ok(Kind::Pdf), "the name lies");
        assert_eq!(kind(b"just words", "report.pdf"), Ok(Kind::Text), "the name lies");
        assert_eq!(kind(b"a,b", "t.csv"), Ok(Kind::Csv));
        assert_eq!(kind(b"# Title", "README.md"), Ok(Kind::Markdown));
        assert_eq!(kind(b"\n<!-- x --><!DOCTYPE HTML><p>", "page"), Ok(Kind::Html));
        assert_eq!(kind(b"<?xml version='1.0'?><html>", "page.xhtml"), Ok(Kind::Html));
        assert_eq!(kind(b"<p>in words</p>", "a.txt"), Ok(Kind::Text));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert_eq!(kind(b"\x7fELF\x02\x01\x01\0\0\0\0\0", "program"), Err(Refusal::UnknownKind));
        assert_eq!(kind(b"PK\x03\x04 and nothing", "a.docx"), Err(Refusal::Damaged));
        let mut old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        old.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(kind(&old, "a.doc"), Err(Refusal::OldFormat));
        old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(kind(&old, "a.docx"), Err(Refusal::Encrypted));
    }
}
