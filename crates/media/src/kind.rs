//! What bytes are, told by the bytes alone. Names and headers lie, and are not asked.

/// How much of the beginning is looked at for text formats.
const HEAD: usize = 1024;

/// A kind of file that Medley knows by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// AVIF: kept and shown where the web view can, not decoded here.
    Avif,
    /// HEIC: kept, not decoded here.
    Heic,
    /// TIFF: kept, not decoded here.
    Tiff,
    /// Icon: kept, not decoded here.
    Ico,
    /// SVG: kept, never rendered by Medley, for it can hold programs and addresses.
    Svg,
    /// MPEG-4 film.
    Mp4,
    /// `WebM` film.
    WebM,
    /// `QuickTime` film.
    Mov,
}

/// Kinds by their media type, in which the library that knows first bytes answers.
const BY_MIME: &[(&str, Kind)] = &[
    ("image/jpeg", Kind::Jpeg),
    ("image/png", Kind::Png),
    ("image/webp", Kind::WebP),
    ("image/gif", Kind::Gif),
    ("image/bmp", Kind::Bmp),
    ("image/avif", Kind::Avif),
    ("image/heif", Kind::Heic),
    ("image/tiff", Kind::Tiff),
    ("image/vnd.microsoft.icon", Kind::Ico),
    ("image/svg+xml", Kind::Svg),
    ("video/mp4", Kind::Mp4),
    ("video/webm", Kind::WebM),
    ("video/quicktime", Kind::Mov),
];

impl Kind {
    /// The kind of some bytes; a few kilobytes from their beginning are enough.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let known = infer::get(bytes).and_then(|found| Self::named(found.mime_type()));
        known.or_else(|| is_svg(bytes).then_some(Self::Svg))
    }

    /// The kind with this media type.
    pub fn named(mime: &str) -> Option<Self> {
        BY_MIME.iter().find(|(known, _)| *known == mime).map(|(_, kind)| *kind)
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        BY_MIME.iter().find(|(_, kind)| *kind == self).map_or("application/octet-stream", |(mime, _)| mime)
    }

    /// The usual ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::Tiff => "tiff",
            Self::Ico => "ico",
            Self::Svg => "svg",
            Self::Mp4 => "mp4",
            Self::WebM => "webm",
            Self::Mov => "mov",
        }
    }

    /// A picture, whether decoded here or not.
    pub fn is_picture(self) -> bool {
        !self.is_film()
    }

    /// A film.
    pub fn is_film(self) -> bool {
        matches!(self, Self::Mp4 | Self::WebM | Self::Mov)
    }

    /// A picture that is decoded here.
    pub fn is_decoded(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::WebP | Self::Gif | Self::Bmp)
    }

    /// The decoder of the `image` library.
    pub(crate) fn format(self) -> Option<image::ImageFormat> {
        match self {
            Self::Jpeg => Some(image::ImageFormat::Jpeg),
            Self::Png => Some(image::ImageFormat::Png),
            Self::WebP => Some(image::ImageFormat::WebP),
            Self::Gif => Some(image::ImageFormat::Gif),
            Self::Bmp => Some(image::ImageFormat::Bmp),
            _ => None,
        }
    }
}

/// An SVG begins with its element, behind declarations and comments.
fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    let head = head.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let may_begin = ["<?xml", "<!--", "<!doctype svg", "<svg"].iter().any(|mark| head.starts_with(mark));
    may_begin && head.contains("<svg") && !head.contains("<html")
}
