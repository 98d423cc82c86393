//! Files made to hurt: each is read within its bounds or refused with a reason.

use std::time::Duration;

use documents::{Limits, Refusal};

use crate::made::{docx, kept, packed, pdf, read};

#[test]
fn a_file_that_unpacks_without_end_is_refused() {
    let bomb = docx(&" ".repeat(8 << 20));
    assert!(bomb.len() < 100_000, "it is small on disk: {}", bomb.len());
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    assert_eq!(documents::read(bomb, "bomb.docx", &limits), Err(Refusal::TooLarge));
    let zeros = vec![0; 8 << 20];
    let workbook = packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert_eq!(documents::read(workbook, "bomb.xlsx", &limits), Err(Refusal::TooLarge));
}

#[test]
fn a_file_of_too_many_files_is_refused() {
    let files: Vec<(String, &[u8])> = (0..50).map(|at| (format!("word/{at}"), b"x".as_slice())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let limits = Limits { entries: 40, ..Limits::default() };
    assert_eq!(documents::read(packed(&files), "many.docx", &limits), Err(Refusal::TooLarge));
}

#[test]
fn entities_are_never_expanded_and_depth_costs_nothing() {
    let mut laughs = String::from("<!DOCTYPE lolz [<!ENTITY a 'ha'>");
    for (one, other) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        laughs.push_str(&format!("<!ENTITY {other} '{}'>", format!("&{one};").repeat(10)));
    }
    let document = format!("{laughs}]><w:document><w:p><w:t>before &i; after</w:t></w:p></w:document>");
    let file = packed(&[("word/document.xml", document.as_bytes())]);
    assert_eq!(read(file, "laughs.docx").unwrap().text, "before  after");
    let outside = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><w:p><w:t>only &f; this</w:t></w:p>";
    let file = packed(&[("word/document.xml", outside.as_bytes())]);
    assert_eq!(read(file, "outside.docx").unwrap().text, "only  this", "no other file is opened");
    let deep = format!("{}<w:p><w:t>deep</w:t></w:p>", "<w:x>".repeat(300_000));
    assert_eq!(read(docx(&deep), "deep.docx").unwrap().text, "deep");
}

#[test]
fn five_hundred_pages_are_cut_where_there_is_enough_and_it_is_said() {
    let long = pdf(500, |page| format!("Page {page} says {}", "the river rises in the hills ".repeat(60)));
    let read = read(long, "long.pdf").unwrap();
    assert_eq!((read.parts, read.cut), (500, true));
    assert!(read.text.len() <= Limits::default().text, "no more than is kept");
    assert!(read.read > 100 && read.read < 500, "so many pages are in it: {}", read.read);
    assert!(read.text.contains(&format!("[Page {}]", read.read)), "the last that is counted is there");
    assert!(!read.text.contains(&format!("[Page {}]", read.read + 1)), "and none behind it");
}

#[test]
fn reading_stops_when_its_time_is_over() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    let long = pdf(50, |page| format!("Page {page}"));
    assert_eq!(documents::read(long, "long.pdf", &limits), Err(Refusal::TooSlow));
}

#[test]
fn a_file_that_ends_early_is_damaged_or_read_as_far_as_it_goes() {
    for name in ["letter.docx", "budget.xlsx", "open.ods", "talk.pptx"] {
        let whole = kept(name);
        assert_eq!(read(whole[..whole.len() / 2].to_vec(), name), Err(Refusal::Damaged), "{name}");
    }
    let whole = kept("house-rules.pdf");
    let half = read(whole[..whole.len() / 2].to_vec(), "half.pdf");
    assert!(half.is_ok() || half == Err(Refusal::Damaged) || half == Err(Refusal::NoText), "{half:?}");
}

/// Bytes changed here and there: whatever happens, it ends with text or a reason.
#[test]
fn broken_files_never_bring_the_reader_down() {
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let limits = Limits { time: Duration::from_secs(2), ..Limits::default() };
    for name in
        ["house-rules.pdf", "chinese.pdf", "locked.pdf", "letter.docx", "budget.xlsx", "old.xls", "open.odt"]
    {
        let whole = kept(name);
        for _ in 0..40 {
            let mut broken = whole.clone();
            for _ in 0..=next(12) {
                let at = next(broken.len());
                broken[at] = u8::try_from(next(256)).unwrap();
            }
            broken.truncate(broken.len() - next(broken.len() / 4));
            drop(documents::read(broken, name, &limits));
        }
    }
}
