//! EXIF with a description, the maker, and a comment that holds everything, in the order of bytes in which other picture
//! programs write and read it.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Tag, Value};

use super::{MAKER, Told};
use crate::Error;

pub(super) fn of(told: &Told) -> Result<Vec<u8>, Error> {
    let text = |text: &str| Value::Ascii(vec![text.replace('\0', "").into_bytes()]);
    let wide = told.parameters().encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
    let values = [
        (Tag::ImageDescription, text(&told.prompt)),
        (Tag::Software, text(MAKER)),
        (Tag::UserComment, Value::Undefined([b"UNICODE\0", wide.as_slice()].concat(), 0)),
    ];
    let fields = values.map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value });
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut file = Cursor::new(Vec::new());
    writer.write(&mut file, false).map_err(Error::damaged)?;
    Ok(file.into_inner())
}
