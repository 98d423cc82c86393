//! Files to read: kept ones by name, and small packed ones made on the spot.

use std::io::{Cursor, Write};
use std::path::Path;

use documents::{Document, Limits, Refusal};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The bytes of a kept file.
pub fn kept(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/documents").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads bytes under a name within the usual bounds.
pub fn read(bytes: Vec<u8>, name: &str) -> Result<Document, Refusal> {
    documents::read(bytes, name, &Limits::default())
}

/// Packs these files.
pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text of Word with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", document.as_bytes())])
}

/// A PDF with a line of words on each page.
pub fn pdf(pages: usize, line: impl Fn(usize) -> String) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut kids = String::new();
    for page in 0..pages {
        let number = objects.len() + 1;
        kids.push_str(&format!("{number} 0 R "));
        let words = format!("BT /F 12 Tf 60 700 Td ({}) Tj ET", line(page + 1));
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            number + 1
        ));
        objects.push(format!("<</Length {}>>\nstream\n{words}\nendstream", words.len()));
    }
    objects[1] = format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>");
    written(&objects)
}

fn written(objects: &[String]) -> Vec<u8> {
    let (mut file, mut places) = (String::from("%PDF-1.7\n"), Vec::new());
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}
