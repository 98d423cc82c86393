//! Documents and the HTML they must become: `tests/cases/*.md` beside `*.html`.
//!
//! `MEDLEY_REWRITE_CASES=1` writes the HTML anew; the difference is then read before it is committed.

use std::{env, fs, path::Path};

use text::render;

use crate::allowed::assert_allowed;

#[test]
fn each_case_becomes_its_html() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            compare(&path);
            seen += 1;
        }
    }
    assert!(seen >= 8, "the cases must be found, {seen} were");
}

fn compare(source: &Path) {
    let markdown = fs::read_to_string(source).unwrap();
    let blocks = render(&markdown);
    assert_allowed(&blocks, &markdown);
    let html = blocks.join("\n") + "\n";
    let beside = source.with_extension("html");
    if env::var_os("MEDLEY_REWRITE_CASES").is_some() {
        fs::write(&beside, &html).unwrap();
    }
    let wanted = fs::read_to_string(&beside).unwrap_or_default();
    assert_eq!(html, wanted, "{} has changed", source.display());
}
