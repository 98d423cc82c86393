//! Every kind of document, made by the programs that people make them with.

use documents::{Kind, Refusal, Unit};

use crate::made::{docx, kept, packed, read};

#[test]
fn a_pdf_is_read_page_by_page_with_its_paragraphs() {
    let read = read(kept("house-rules.pdf"), "house-rules.pdf").unwrap();
    assert_eq!((read.kind, read.unit, read.parts, read.read), (Kind::Pdf, Unit::Pages, 6, 6));
    let start = "[Page 1]\n\nHouse rules\n1. A water butt on the roof is allowed up to 200 litres, if the owner is told \
                 beforehand. Please keep\nthe drain free,";
    assert!(read.text.starts_with(start), "words, lines and blanks as on the page: {}", read.text);
    assert!(read.text.contains("parapet.\n\n2. Quiet"), "paragraphs stay apart");
    assert!(read.text.ends_with("[Page 6]\n\nRule 7. The stairs are kept clear, week 5 of the calendar."));
    assert!(!read.cut, "nothing is left out");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let text = read(kept("columns.pdf"), "columns.pdf").unwrap().text;
    let (first, second) = (text.find("Column 1 line 20").unwrap(), text.find("Column 2 line 1").unwrap());
    assert!(first < second, "a column ends before the next begins: {text}");
    assert!(text.contains("line 20 with words\n"), "lines of two columns do not run together");
}

#[test]
fn chinese_without_a_font_of_its_own_is_read() {
    assert!(read(kept("chinese.pdf"), "x.pdf").unwrap().text.contains("周末做面包"));
}

#[test]
fn a_pdf_without_words_and_one_behind_a_password_say_so() {
    assert_eq!(read(kept("scanned.pdf"), "scanned.pdf"), Err(Refusal::NoText));
    assert_eq!(read(kept("locked.pdf"), "locked.pdf"), Err(Refusal::Encrypted));
}

#[test]
fn a_letter_of_word_keeps_headings_lists_and_tables() {
    let text = read(kept("letter.docx"), "letter.docx").unwrap().text;
    let whole = "# A letter\n# About the roof\nDear neighbours, we would like to put four boxes on the roof.\n- Tomatoes\n\
                 - Chard\nVegetable | Depth | Water\nTomatoes | 35 cm | 2.0 l\nYours, 李雷 & Ana <3";
    assert_eq!(text, whole);
}

#[test]
fn what_was_deleted_under_review_is_not_read() {
    let body = "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>\
                <w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>";
    assert_eq!(read(docx(body), "a.docx").unwrap().text, "kept added");
}

#[test]
fn a_workbook_is_read_sheet_by_sheet_with_dates_as_dates() {
    let read = read(kept("budget.xlsx"), "budget.xlsx").unwrap();
    assert_eq!((read.kind, read.unit, read.parts), (Kind::Sheet, Unit::Sheets, 2));
    let sheet =
        "[Sheet Budget]\n\nItem,Price,When,Sum\n\"Soil, 40 l\",12.5,2026-05-03\nBoxes,80,2026-05-04 09:30:00";
    assert!(read.text.starts_with(sheet), "{}", read.text);
    assert!(
        read.text.ends_with("\"next \"\"year\"\"\""),
        "a cell at the far corner costs nothing: {}",
        read.text
    );
}

#[test]
fn old_and_open_workbooks_texts_and_slides_are_read() {
    for (name, kind, words) in [
        ("old.xls", Kind::Sheet, "from,2003"),
        ("open.ods", Kind::Sheet, "a,b"),
        ("open.odt", Kind::Odt, "## An open text\nwith words"),
        ("talk.pptx", Kind::Pptx, "[Slide 1]\n\nSlide title\nfirst\nsecond"),
    ] {
        let read = read(kept(name), name).unwrap();
        assert_eq!(read.kind, kind, "{name}");
        assert!(read.text.contains(words), "{name}: {}", read.text);
    }
}

/// A book of two chapters in this order, whatever the order in the file.
fn book(lock: &str) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
    let package = "<package><manifest><item id='b' href='text/two.xhtml'/><item id='a' href='text/one%20a.xhtml'/>\
                   <item id='p' href='cover.png'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
    packed(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("META-INF/encryption.xml", lock.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/text/two.xhtml", b"<html><head><title>no</title></head><body><p>The end.</p></body></html>"),
        ("OEBPS/text/one a.xhtml", b"<html><body><h1>Chapter one</h1><p>It began.</p></body></html>"),
    ])
}

#[test]
fn a_book_is_read_in_its_own_order() {
    let read = read(book("<encryption/>"), "book.epub").unwrap();
    assert_eq!((read.kind, read.unit, read.parts, read.read), (Kind::Epub, Unit::Chapters, 2, 2));
    assert_eq!(read.text, "# Chapter one\n\nIt began.\n\nThe end.");
}

#[test]
fn a_book_behind_a_lock_says_so_and_locked_fonts_do_not_matter() {
    let words = "<encryption><CipherReference URI='OEBPS/text/two.xhtml'/></encryption>";
    assert_eq!(read(book(words), "book.epub"), Err(Refusal::Encrypted));
    let font = "<encryption><CipherReference URI='OEBPS/font.otf'/></encryption>";
    assert!(read(book(font), "book.epub").is_ok());
}

#[test]
fn a_table_as_text_is_sent_as_it_is_with_its_rows_counted() {
    let table = "name;said\nAna;\"two\nlines\"\nBo;x\n";
    let read = read(table.into(), "t.csv").unwrap();
    assert_eq!((read.kind, read.unit, read.parts, read.read), (Kind::Csv, Unit::Rows, 3, 3));
    assert_eq!(read.text, table.trim_end(), "nothing is changed");
}

#[test]
fn nothing_at_all_is_told_as_that() {
    assert_eq!(read(Vec::new(), "a.txt"), Err(Refusal::Empty));
    assert_eq!(read(b" \n\t ".to_vec(), "a.txt"), Err(Refusal::NoText));
    assert_eq!(read(docx("<w:p/>"), "a.docx"), Err(Refusal::NoText));
}
