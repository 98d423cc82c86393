//! Pressing a button, at servers with buttons and at older ones that know three things alone.

use super::{Site, Submission, Submitted, is_missing};
use crate::{Client, Error};

impl Client {
    /// Presses a button of a task. Where the server has no buttons, it is asked for the same in the older ways; what is
    /// missing there makes nothing, so nothing is asked for twice.
    pub async fn press(
        &self,
        site: &Site,
        task: &str,
        custom_id: &str,
        state: &str,
    ) -> Result<Submitted, Error> {
        let old = Old::of(custom_id);
        let action = Submission::Action { task: task.to_owned(), custom_id: custom_id.to_owned() };
        let told = match &old {
            // What has no number of its own was never told by a server.
            Some(old) if old.is_implied => None,
            _ => Some(self.submit(site, &action, state).await),
        };
        let (old, missing) = match (old, told) {
            (Some(old), None) => (old, None),
            (Some(old), Some(Err(missing))) if is_missing(&missing) => (old, Some(missing)),
            (_, Some(told)) => return told,
            (None, None) => return self.submit(site, &action, state).await,
        };
        let Old { action, index, .. } = old;
        let change = Submission::Change { task: task.to_owned(), action, index };
        let told = self.submit(site, &change, state).await;
        if !told.as_ref().is_err_and(is_missing) {
            return told;
        }
        let letter = action.chars().next().unwrap_or_default();
        let number = index.map(|index| index.to_string()).unwrap_or_default();
        let content = format!("{task} {letter}{number}");
        let told = self.submit(site, &Submission::SimpleChange { content }, state).await;
        match (told, missing) {
            // It knows neither: what matters is that it has no buttons.
            (Err(told), Some(missing)) if is_missing(&told) => Err(missing),
            (told, _) => told,
        }
    }
}

/// A button in the words of older servers.
struct Old {
    action: &'static str,
    index: Option<u8>,
    is_implied: bool,
}

impl Old {
    fn of(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.strip_prefix("MJ::JOB::")?.split("::");
        let action = match parts.next()? {
            "upsample" => "UPSCALE",
            "variation" => "VARIATION",
            "reroll" => "REROLL",
            _ => return None,
        };
        let index = parts.next().and_then(|part| part.parse().ok()).filter(|index| (1..=4).contains(index));
        let is_complete = action == "REROLL" || index.is_some();
        is_complete.then(|| Self { action, index, is_implied: parts.next().is_none() })
    }
}
