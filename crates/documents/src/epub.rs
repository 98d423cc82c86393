//! Books: their chapters in reading order. A book behind a lock is refused as encrypted.

use crate::writing::Writing;
use crate::xml::{Mark, attribute, walk};
use crate::zipped::Zipped;
use crate::{Limits, Refusal, Unit, html};

const CONTAINER: &str = "META-INF/container.xml";
const LOCK: &str = "META-INF/encryption.xml";

pub(crate) fn read(bytes: &[u8], limits: &Limits, writing: &mut Writing) -> Result<(), Refusal> {
    let mut zip = Zipped::open(bytes, limits)?;
    let package = package(&mut zip)?;
    let chapters = chapters(&mut zip, &package)?;
    // Fonts are often locked where the words are not.
    let locked = if zip.has(LOCK) { zip.small(LOCK)? } else { String::new() };
    if chapters.iter().any(|chapter| locked.contains(chapter.as_str())) {
        return Err(Refusal::Encrypted);
    }
    writing.count(Unit::Chapters, chapters.len());
    for chapter in chapters {
        if !writing.begin("") {
            return Ok(());
        }
        html::read(&zip.small(&chapter)?, writing);
    }
    Ok(())
}

/// Where the book's list of parts lies.
fn package(zip: &mut Zipped) -> Result<String, Refusal> {
    let mut found = None;
    walk(zip.entry(CONTAINER)?, |mark| {
        if let Mark::Begin("rootfile", tag) = mark {
            found = attribute(tag, "full-path");
        }
        found.is_none()
    })?;
    found.ok_or(Refusal::Damaged)
}

/// The chapters that are there, in reading order.
fn chapters(zip: &mut Zipped, package: &str) -> Result<Vec<String>, Refusal> {
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut parts, mut order) = (std::collections::HashMap::new(), Vec::new());
    walk(zip.entry(package)?, |mark| {
        match mark {
            Mark::Begin("item", tag) => {
                if let (Some(id), Some(path)) = (attribute(tag, "id"), attribute(tag, "href")) {
                    parts.insert(id, place(folder, &path));
                }
            }
            Mark::Begin("itemref", tag) => order.extend(attribute(tag, "idref")),
            _ => {}
        }
        true
    })?;
    let listed = order.into_iter().filter_map(|id| parts.get(&id).cloned());
    Ok(listed.filter(|path| zip.has(path)).collect())
}

/// A path as the list writes it -> the name of the entry.
fn place(folder: &str, path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let mut steps: Vec<String> =
        folder.split('/').filter(|step| !step.is_empty()).map(str::to_owned).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(unescaped(step)),
        }
    }
    steps.join("/")
}

/// `%20` and its like as the bytes that they stand for.
fn unescaped(step: &str) -> String {
    let mut bytes = Vec::with_capacity(step.len());
    let mut rest = step.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(escaped) if *byte == b'%' => {
                bytes.push(escaped);
                rest = behind.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn paths_are_found_from_where_the_list_lies() {
        assert_eq!(place("OEBPS", "text/one%20two.xhtml#top"), "OEBPS/text/one two.xhtml");
        assert_eq!(place("a/b", "../c.xhtml"), "a/c.xhtml");
        assert_eq!(place("", "c.xhtml"), "c.xhtml");
        assert_eq!(place("", "../../../../etc/passwd"), "etc/passwd", "there is nothing above a book");
    }
}
