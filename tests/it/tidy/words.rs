//! Every code of the engine has words in every language.

use std::collections::BTreeMap;

use serde_json::Value;

use super::files::{below, read};

#[test]
fn every_code_has_words_in_every_language() {
    let codes = codes();
    assert!(codes.len() > 30, "the codes were found: {codes:?}");
    let languages = messages();
    assert!(languages.len() >= 2, "English and Chinese are there");
    for (language, said) in &languages {
        for code in &codes {
            let words = said.get(&format!("error_{code}"));
            assert!(words.is_some_and(|words| words != ""), "{language} has no words for {code}");
        }
    }
}

#[test]
fn every_language_says_the_same_things() {
    let languages = messages();
    let english = languages.get("en").expect("English");
    for (language, said) in &languages {
        let missing: Vec<_> = english.keys().filter(|key| !said.contains_key(*key)).collect();
        let more: Vec<_> = said.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && more.is_empty(),
            "{language} lacks {missing:?} and has {more:?} too many"
        );
    }
}

/// The codes as the window knows them: `"key_missing" | "key_rejected" | ...`.
fn codes() -> Vec<String> {
    let text = read("ui/src/bindings/Code.ts");
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn messages() -> BTreeMap<String, serde_json::Map<String, Value>> {
    let mut languages: BTreeMap<String, serde_json::Map<String, Value>> = BTreeMap::new();
    for file in below("ui/messages", &[".json"]) {
        let language = file.path.split('/').nth(2).unwrap_or_default().to_owned();
        let Value::Object(said) = serde_json::from_str(&file.text).expect("valid JSON") else {
            panic!("{} is no object", file.path)
        };
        languages.entry(language).or_default().extend(said);
    }
    languages
}
