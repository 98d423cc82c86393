//! A Word document: a title, and for each line who says it, when, and what. It is the few parts that the format asks for, packed;
//! nothing in it needs more.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Told;
use crate::{Code, Error};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const TAIL: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

pub(super) fn document(told: &Told) -> Result<Vec<u8>, Error> {
    let mut body = String::from(HEAD);
    paragraph(&mut body, 240, &[(&told.recording.name, r#"<w:b/><w:sz w:val="36"/>"#)]);
    for line in told.lines.iter().filter(|line| !line.text.trim().is_empty()) {
        let speaker = told.speaker(line);
        let time = clock(line.start_ms);
        let who = if speaker.is_empty() { String::new() } else { format!("{speaker}  ") };
        paragraph(
            &mut body,
            0,
            &[(&who, "<w:b/>"), (&time, r#"<w:color w:val="666666"/><w:sz w:val="18"/>"#)],
        );
        paragraph(&mut body, 160, &[(line.text.trim(), r#"<w:sz w:val="22"/>"#)]);
    }
    body.push_str(TAIL);
    pack(&body).map_err(|error| {
        tracing::error!(%error, "a Word document was not packed");
        Code::Internal.into()
    })
}

fn pack(body: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", body)]
    {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Runs of text in one paragraph, each with its looks; `after` is the room behind it, in twentieths of a point.
fn paragraph(body: &mut String, after: u32, runs: &[(&str, &str)]) {
    let keep = if after == 0 { "<w:keepNext/>" } else { "" };
    // Writing into a string cannot fail.
    _ = write!(body, r#"<w:p><w:pPr>{keep}<w:spacing w:after="{after}"/></w:pPr>"#);
    for (text, looks) in runs.iter().filter(|(text, _)| !text.is_empty()) {
        let lines: Vec<String> = text.lines().map(escaped).collect();
        let text = lines.join(r#"</w:t><w:br/><w:t xml:space="preserve">"#);
        _ = write!(body, r#"<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    }
    body.push_str("</w:p>");
}

/// Without the signs that XML does not allow at all.
fn escaped(text: &str) -> String {
    let allowed = text.chars().filter(|sign| !sign.is_control() || *sign == '\t').collect::<String>();
    allowed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// 0:41, 1:02:30
fn clock(ms: i64) -> String {
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
