//! What a picture tells of its making, inside its file, where other programs look for it: PNG keeps texts of its own,
//! JPEG and WebP have EXIF, and all three a description in XMP. Only files that were just written here are opened.

mod exif;

use bytes::Bytes;
use img_parts::ImageEXIF;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{CHUNK_VP8X, CHUNK_XMP, WebP};
use quick_xml::escape::partial_escape;

use crate::encode::Encoded;
use crate::{Error, Kind};

/// What a picture was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The words; "" where there were none.
    pub prompt: String,
    /// The settings, as "Size: 1024x1024, Model: dall-e-3".
    pub settings: String,
}

/// A segment of a JPEG holds little more.
const SEGMENT: usize = 65_000;
const MAKER: &str = "Medley";
const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The bit that says that a WebP has XMP.
const HAS_XMP: u8 = 0b100;

impl Told {
    /// The picture with this inside.
    pub(crate) fn inside(&self, made: Encoded) -> Result<Encoded, Error> {
        let bytes = Bytes::from(made.bytes);
        let told = match made.kind {
            Kind::Png => self.in_png(bytes)?,
            Kind::Jpeg => self.in_jpeg(bytes)?,
            _ => self.in_webp(bytes)?,
        };
        Ok(Encoded { bytes: told.to_vec(), ..made })
    }

    /// The words, and below them the settings: one text, as picture programs have come to write it.
    fn parameters(&self) -> String {
        [&self.prompt, &self.settings].map(|part| part.trim()).join("\n").trim().to_owned()
    }

    fn in_png(&self, bytes: Bytes) -> Result<Bytes, Error> {
        let mut png = Png::from_bytes(bytes).map_err(Error::damaged)?;
        let texts = [
            ("parameters", self.parameters()),
            ("Description", self.prompt.clone()),
            ("Software", MAKER.to_owned()),
            ("XML:com.adobe.xmp", xmp(&self.prompt)),
        ];
        let chunks = texts.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| {
            // Name, not packed, no language, no translated name.
            let content = [name.as_bytes(), b"\0\0\0\0\0", text.replace('\0', "").as_bytes()].concat();
            PngChunk::new(*b"iTXt", content.into())
        });
        // Behind the header, so that nobody has to read the pixels first.
        let all = png.chunks_mut();
        let at = all.len().min(1);
        all.splice(at..at, chunks);
        Ok(png.encoder().bytes())
    }

    fn in_jpeg(&self, bytes: Bytes) -> Result<Bytes, Error> {
        let mut jpeg = Jpeg::from_bytes(bytes).map_err(Error::damaged)?;
        let exif = self.fitting(|told| Ok([EXIF, &exif::of(told)?].concat()))?;
        let xmp = self.fitting(|told| Ok([XMP, xmp(&told.prompt).as_bytes()].concat()))?;
        let segments =
            [exif, xmp].map(|content| JpegSegment::new_with_contents(markers::APP1, content.into()));
        let all = jpeg.segments_mut();
        // Behind the mark of the format, which comes first.
        let at = all.iter().take_while(|segment| segment.marker() == markers::APP0).count();
        all.splice(at..at, segments);
        Ok(jpeg.encoder().bytes())
    }

    fn in_webp(&self, bytes: Bytes) -> Result<Bytes, Error> {
        let mut webp = WebP::from_bytes(bytes).map_err(Error::damaged)?;
        webp.set_exif(Some(exif::of(self)?.into()));
        webp.chunks_mut().push(RiffChunk::new(CHUNK_XMP, RiffContent::Data(xmp(&self.prompt).into())));
        let head = webp.chunks_mut().iter_mut().find(|chunk| chunk.id() == CHUNK_VP8X);
        if let Some(RiffContent::Data(data)) = head.map(RiffChunk::content_mut) {
            let mut flags = data.to_vec();
            flags.iter_mut().take(1).for_each(|flags| *flags |= HAS_XMP);
            *data = flags.into();
        }
        Ok(webp.encoder().bytes())
    }

    /// What fits into a segment: of words without end only the beginning.
    fn fitting(&self, make: impl Fn(&Self) -> Result<Vec<u8>, Error>) -> Result<Vec<u8>, Error> {
        let mut told = self.clone();
        loop {
            let file = make(&told)?;
            if file.len() <= SEGMENT {
                return Ok(file);
            }
            let half = told.prompt.chars().count() / 2;
            told.prompt = told.prompt.chars().take(half).collect::<String>() + "…";
            told.settings = told.settings.chars().take(4000).collect();
        }
    }
}

/// A description in the form that picture archives read.
fn xmp(prompt: &str) -> String {
    let is_seen = |sign: &char| match sign {
        '\n' | '\t' => true,
        sign => !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}'),
    };
    let words: String = prompt.chars().filter(is_seen).collect();
    let words = partial_escape(&words);
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreatorTool>{MAKER}</xmp:CreatorTool>\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{words}</rdf:li></rdf:Alt></dc:description>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
}
