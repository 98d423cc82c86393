//! GPTs as models: what the web address of a public GPT says, and what a relay calls it (reference 3.1). It never asks
//! the web for anything.

use serde::Serialize;
use store::table::model::Model;
use ts_rs::TS;

use crate::{Code, Error};

/// What relays put before the id of a GPT where their own list does not say otherwise.
const USUAL_PREFIX: &str = "gpt-4-gizmo-";
/// Letters of the longest id that is believed.
const LONGEST_ID: usize = 64;

/// A public GPT, as its address tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Gpt {
    /// "g-AbC123xyz".
    pub id: String,
    /// What its address calls it; "" where it does not say.
    pub name: String,
    /// What the service puts before the id to make a model's name of it.
    pub prefix: String,
}

/// Reads a GPT's web address, its bare id, or a relay's whole name for it. `listed` is what the service lists.
pub(super) fn read(pasted: &str, listed: &[Model]) -> Result<Gpt, Error> {
    let pasted = pasted.trim();
    let (before, found) = split(pasted).ok_or_else(|| Error::from(Code::GptUnreadable).about(pasted))?;
    let mut parts = found.splitn(2, '-');
    let (start, tail) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if start == "p" {
        return Err(Code::GptIsProject.into());
    }
    if start.is_empty() || start.len() > LONGEST_ID || !start.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return Err(Error::from(Code::GptUnreadable).about(pasted));
    }
    let prefix = if before.is_empty() { prefix_of(listed) } else { before.to_owned() };
    Ok(Gpt { id: format!("g-{start}"), name: name_of(tail), prefix })
}

/// What stands before the id in a model's name ("" in an address), and what follows its "g-".
fn split(pasted: &str) -> Option<(&str, &str)> {
    let path = pasted.split(['?', '#']).next()?;
    if let Some((_, after)) = path.split_once("/g/") {
        return Some(("", after.split('/').next()?.strip_prefix("g-")?));
    }
    if path.contains(['/', ' ']) {
        return None;
    }
    match path.split_once("gizmo-g-") {
        Some((before, after)) => Some((path.get(..before.len() + "gizmo-".len())?, after)),
        None => Some(("", path.strip_prefix("g-")?)),
    }
}

/// The service may show by a row of its list how it names GPTs.
fn prefix_of(listed: &[Model]) -> String {
    let shown = listed.iter().find_map(|model| stem(&model.name).filter(|stem| stem.ends_with("gizmo-")));
    shown.unwrap_or(USUAL_PREFIX).to_owned()
}

/// What all names that a row stands for begin with; none where it is a name itself.
pub(crate) fn stem(name: &str) -> Option<&str> {
    name.strip_suffix('*').filter(|stem| !stem.is_empty())
}

/// "some-name" is "Some name".
fn name_of(tail: &str) -> String {
    let words = tail.replace('-', " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use store::ServiceId;

    use super::*;

    fn gpt(pasted: &str) -> (String, String, String) {
        let Gpt { prefix, id, name } = read(pasted, &[]).unwrap();
        (prefix, id, name)
    }

    #[test]
    fn an_address_tells_id_and_name() {
        for address in [
            "https://chatgpt.com/g/g-AbC123xyz-some-name",
            " https://chat.openai.com/g/g-AbC123xyz-some-name/?model=gpt-4o#x ",
            "chatgpt.com/g/g-AbC123xyz-some-name/c/0123-4567",
            "g-AbC123xyz-some-name",
        ] {
            let told = ("gpt-4-gizmo-".into(), "g-AbC123xyz".into(), "Some name".into());
            assert_eq!(gpt(address), told, "{address}");
        }
        assert_eq!(gpt("https://chatgpt.com/g/g-AbC123xyz").2, "", "it does not say what it is called");
    }

    #[test]
    fn a_models_name_brings_its_own_prefix() {
        assert_eq!(
            gpt("gpt-4o-gizmo-g-AbC123xyz"),
            ("gpt-4o-gizmo-".into(), "g-AbC123xyz".into(), String::new())
        );
    }

    #[test]
    fn the_services_list_shows_the_prefix() {
        let row = |name: &str| super::super::typed(ServiceId::new(), name, name);
        let told = read("g-abc", &[row("gpt-4o"), row("gpt-4o-gizmo-*")]).unwrap();
        assert_eq!(told.prefix, "gpt-4o-gizmo-");
        assert_eq!(
            read("g-abc", &[row("mj-*")]).unwrap().prefix,
            USUAL_PREFIX,
            "other rows say nothing of GPTs"
        );
    }

    #[test]
    fn what_is_no_gpt_is_told() {
        for pasted in
            ["", "https://chatgpt.com/gpts", "https://chatgpt.com/g/", "hello", "g-", "g-ünlü", "a/g-abc"]
        {
            assert_eq!(read(pasted, &[]).unwrap_err().code, Code::GptUnreadable, "{pasted:?}");
        }
        let long = format!("g-{}", "a".repeat(65));
        assert_eq!(read(&long, &[]).unwrap_err().code, Code::GptUnreadable);
        let project = read("https://chatgpt.com/g/g-p-0123abcd-garden/project", &[]).unwrap_err();
        assert_eq!(project.code, Code::GptIsProject);
    }
}
