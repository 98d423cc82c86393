//! The texts in the file of a picture, wherever its kind keeps them: PNG in chunks with names, the others in EXIF and XMP.

use std::io::Cursor;

use exif::{Exif, In, Tag, Value};
use image::{ImageDecoder, ImageReader};
use png::{Decoder, Limits};
use quick_xml::escape::unescape;

use super::Taken;
use crate::Kind;

/// Texts that are longer than this together tell nothing that is worth keeping, in bytes; it also ends what unpacks for ever.
const LONGEST: usize = 4 << 20;
/// The names of texts that somebody reads; the others are not even unpacked.
const READ: &[&str] = &[
    "parameters",
    "prompt",
    "workflow",
    "invokeai_metadata",
    "sd-metadata",
    "Comment",
    "Source",
    "Description",
    "Author",
    "Software",
    XMP,
];
/// The name under which PNG keeps XMP.
const XMP: &str = "XML:com.adobe.xmp";

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Texts by their names, in their order.
    named: Vec<(String, String)>,
    /// The comment that programs write everything into which makes JPEG or WebP.
    pub(super) comment: Option<String>,
    /// The program that says it made the file.
    pub(super) maker: String,
    /// When the picture was taken.
    pub(super) taken: Option<Taken>,
    description: Option<String>,
}

impl Texts {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut texts = Self::default();
        let Some(kind) = Kind::of(bytes) else { return texts };
        match kind {
            Kind::Png => texts.take_png(bytes),
            kind => texts.take_xmp(bytes, kind),
        }
        if let Some(exif) = exif(bytes, kind) {
            texts.take_exif(&exif);
        }
        if let Some(maker) = texts.named("Software").map(str::to_owned) {
            texts.maker = maker;
        }
        texts
    }

    /// A text by its name, whatever letters are capitals.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let found = self.named.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, text)| text.as_str()).filter(|text| !text.trim().is_empty())
    }

    /// The words that describe the picture.
    pub(super) fn described(&self) -> Option<&str> {
        self.named("Description").or(self.description.as_deref()).filter(|text| !text.trim().is_empty())
    }

    fn take_png(&mut self, bytes: &[u8]) {
        let decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: 64 << 20 });
        let Ok(reader) = decoder.read_info() else { return };
        let info = reader.info();
        let is_read = |name: &str| READ.iter().any(|known| known.eq_ignore_ascii_case(name));
        let mut left = LONGEST;
        for chunk in info.uncompressed_latin1_text.iter().filter(|chunk| is_read(&chunk.keyword)) {
            if let Some(rest) = left.checked_sub(chunk.text.len()) {
                left = rest;
                self.named.push((chunk.keyword.clone(), repaired(&chunk.text)));
            }
        }
        for chunk in info.compressed_latin1_text.iter().filter(|chunk| is_read(&chunk.keyword)) {
            let mut chunk = chunk.clone();
            let text = chunk.decompress_text_with_limit(left).and_then(|()| chunk.get_text());
            // Much is unpacked before one turns out to be too long: no other is tried after it.
            left = left.saturating_sub(text.as_ref().map_or(LONGEST, String::len));
            if let Ok(text) = text {
                self.named.push((chunk.keyword, repaired(&text)));
            }
        }
        for chunk in info.utf8_text.iter().filter(|chunk| is_read(&chunk.keyword)) {
            let mut chunk = chunk.clone();
            let text = chunk.decompress_text_with_limit(left).and_then(|()| chunk.get_text());
            let rest = left.checked_sub(text.as_ref().map_or(LONGEST, String::len));
            left = rest.unwrap_or_default();
            if let Ok(text) = text
                && rest.is_some()
            {
                self.named.push((chunk.keyword, text));
            }
        }
        self.description = self.named(XMP).and_then(described);
    }

    fn take_xmp(&mut self, bytes: &[u8], kind: Kind) {
        let Some(format) = kind.format() else { return };
        let Ok(mut decoder) = ImageReader::with_format(Cursor::new(bytes), format).into_decoder() else {
            return;
        };
        let Ok(Some(xmp)) = decoder.xmp_metadata() else { return };
        if xmp.len() <= LONGEST {
            let xmp = String::from_utf8_lossy(&xmp);
            self.description = described(&xmp);
            if xmp.contains("<xmp:CreatorTool>Medley<") {
                self.maker = "Medley".into();
            }
        }
    }

    fn take_exif(&mut self, exif: &Exif) {
        let field = |tag| exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
        self.comment = field(Tag::UserComment).and_then(comment);
        if let Some(maker) = field(Tag::Software).and_then(letters) {
            self.maker = maker;
        }
        if self.description.is_none() {
            self.description = field(Tag::ImageDescription).and_then(letters);
        }
        // Here `ComfyUI` writes what it writes into PNG by name, behind its name.
        for text in [Tag::Model, Tag::Make, Tag::ImageDescription].map(|tag| field(tag).and_then(letters)) {
            if let Some((name, rest)) = text.as_deref().and_then(|text| text.split_once(':'))
                && ["prompt", "workflow"].iter().any(|known| known.eq_ignore_ascii_case(name))
            {
                self.named.push((name.to_owned(), rest.to_owned()));
            }
        }
        let text = |tag| field(tag).and_then(letters);
        let at =
            text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTimeDigitized)).and_then(|at| local(&at));
        let offset = text(Tag::OffsetTimeOriginal).or_else(|| text(Tag::OffsetTime));
        self.taken = at.map(|local| Taken { local, offset });
    }
}

/// The EXIF of a file. Read, it takes many times its room, so that one that is too long is not read. In JPEG it is short.
fn exif(bytes: &[u8], kind: Kind) -> Option<Exif> {
    let reader = exif::Reader::new();
    if !matches!(kind, Kind::Png | Kind::WebP) {
        let is_short = kind == Kind::Jpeg || bytes.len() <= 4 * LONGEST;
        return is_short.then(|| reader.read_from_container(&mut Cursor::new(bytes)).ok()).flatten();
    }
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), kind.format()?).into_decoder().ok()?;
    let raw = decoder.exif_metadata().ok()??;
    if raw.len() > LONGEST { None } else { reader.read_raw(raw).ok() }
}

/// Programs write UTF-8 where PNG asks for the letters of Western Europe.
fn repaired(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

/// The description in XMP: the first of its languages.
fn described(xmp: &str) -> Option<String> {
    let (_, rest) = xmp.split_once("<dc:description")?;
    let (inside, _) = rest.split_once("</dc:description>")?;
    let (_, item) = inside.split_once("<rdf:li")?;
    let (_, item) = item.split_once('>')?;
    let (words, _) = item.split_once("</rdf:li>")?;
    Some(unescape(words).ok()?.into_owned())
}

fn letters(value: &Value) -> Option<String> {
    let Value::Ascii(texts) = value else { return None };
    let text = texts.iter().map(|text| String::from_utf8_lossy(text)).collect::<Vec<_>>().join("\n");
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    (!text.is_empty()).then(|| text.to_owned())
}

/// A comment begins with the name of its letters.
fn comment(value: &Value) -> Option<String> {
    let Value::Undefined(bytes, _) = value else { return letters(value) };
    let (name, rest) = bytes.split_at_checked(8)?;
    if rest.len() > LONGEST {
        return None;
    }
    let text = if name == b"UNICODE\0" { wide(rest) } else { String::from_utf8_lossy(rest).into_owned() };
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    (!text.is_empty()).then(|| text.to_owned())
}

/// Letters of two bytes each. Which of them comes first is not said: the way in which more of them are common letters.
fn wide(bytes: &[u8]) -> String {
    let read = |one: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| Some(one(pair.try_into().ok()?)));
        String::from_utf16_lossy(&units.collect::<Vec<_>>())
    };
    let common = |text: &String| text.chars().filter(|letter| letter.is_ascii() && *letter != '\0').count();
    let (high_first, low_first) = (read(u16::from_be_bytes), read(u16::from_le_bytes));
    if common(&low_first) > common(&high_first) { low_first } else { high_first }
}

/// "2024:05:01 10:00:00" as everybody else writes it.
fn local(at: &str) -> Option<String> {
    let (day, time) = at.split_once(' ')?;
    let is_written = |text: &str, sign| {
        let parts: Vec<&str> = text.split(sign).collect();
        parts.len() == 3
            && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit()))
    };
    let time = time.trim().get(..8)?;
    (is_written(day, ':') && is_written(time, ':')).then(|| format!("{}T{time}", day.replace(':', "-")))
}
