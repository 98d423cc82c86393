//! What can be asked for, and what servers say to that (reference 4.3 and 4.4).

use serde_json::{Map, Value, json};

use super::site::{Site, value_of};
use crate::client::Reply;
use crate::{Client, Error, json as lenient};

/// Something to ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum Submission {
    /// A picture of words, and of pictures (data URLs) that go along.
    Imagine {
        /// The words and flags.
        prompt: String,
        /// The pictures.
        pictures: Vec<String>,
        /// Who draws.
        bot: Bot,
    },
    /// Two to five pictures made into one.
    Blend {
        /// The pictures.
        pictures: Vec<String>,
        /// Which shape.
        dimensions: Dimensions,
        /// Who draws.
        bot: Bot,
    },
    /// Prompts for a picture.
    Describe {
        /// The picture.
        picture: String,
        /// Who looks.
        bot: Bot,
    },
    /// Shorter prompts.
    Shorten {
        /// The long one.
        prompt: String,
        /// Who reads.
        bot: Bot,
    },
    /// A button of a task that is done.
    Action {
        /// The task.
        task: String,
        /// The button.
        custom_id: String,
    },
    /// What a pop-up wants to know.
    Modal {
        /// The task that the button made.
        task: String,
        /// The words; empty for those that it has.
        prompt: String,
        /// Black where the picture stays, white where it changes.
        mask: Option<String>,
    },
    /// A button of servers that have none: `UPSCALE`, `VARIATION`, `REROLL`.
    Change {
        /// The task.
        task: String,
        /// What to do.
        action: &'static str,
        /// With which of the four.
        index: Option<u8>,
    },
    /// The same as one line: `<task> U2`.
    SimpleChange {
        /// The line.
        content: String,
    },
    /// A face put into another picture.
    Swap {
        /// The face.
        source: String,
        /// The picture that gets it.
        target: String,
    },
}

/// Who draws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bot {
    /// Midjourney itself.
    #[default]
    Midjourney,
    /// The one for anime.
    Niji,
}

/// Which shape pictures are mixed into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dimensions {
    /// 2:3
    Portrait,
    /// 1:1
    #[default]
    Square,
    /// 3:2
    Landscape,
}

/// What a server said to something that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// It is a task now.
    Task {
        /// Its number.
        id: String,
        /// How many wait before it, where it waits.
        queue: Option<u32>,
    },
    /// It is a task that wants to be told something first.
    PopUp {
        /// Its number.
        id: String,
        /// What it proposes; may be empty.
        prompt: String,
    },
    /// It was made before.
    Before {
        /// The number of that task.
        id: String,
    },
    /// Too many wait; nothing was taken.
    QueueFull,
    /// A word is not allowed; nothing was taken.
    Banned {
        /// The word; may be empty.
        word: String,
    },
    /// The task that it is about is gone, or nobody is there to do it; nothing was taken.
    Gone {
        /// The server's words.
        words: String,
    },
    /// Refused otherwise; nothing was taken.
    Refused {
        /// The server's number for why.
        code: i64,
        /// The server's words.
        words: String,
    },
}

impl Submission {
    fn path(&self) -> &'static str {
        match self {
            Self::Imagine { .. } => "/submit/imagine",
            Self::Blend { .. } => "/submit/blend",
            Self::Describe { .. } => "/submit/describe",
            Self::Shorten { .. } => "/submit/shorten",
            Self::Action { .. } => "/submit/action",
            Self::Modal { .. } => "/submit/modal",
            Self::Change { .. } => "/submit/change",
            Self::SimpleChange { .. } => "/submit/simple-change",
            Self::Swap { .. } => "/insight-face/swap",
        }
    }

    fn body(&self, state: &str) -> Value {
        let mut body = match self {
            Self::Imagine { prompt, pictures, bot } => {
                json!({"prompt": prompt, "base64Array": pictures, "botType": bot.name()})
            }
            Self::Blend { pictures, dimensions, bot } => {
                json!({"base64Array": pictures, "dimensions": dimensions.name(), "botType": bot.name()})
            }
            Self::Describe { picture, bot } => json!({"base64": picture, "botType": bot.name()}),
            Self::Shorten { prompt, bot } => json!({"prompt": prompt, "botType": bot.name()}),
            Self::Action { task, custom_id } => json!({"taskId": task, "customId": custom_id}),
            Self::Modal { task, prompt, mask } => {
                let mut body = json!({"taskId": task, "prompt": prompt});
                if let (Some(mask), Some(fields)) = (mask, body.as_object_mut()) {
                    fields.insert("maskBase64".into(), mask.as_str().into());
                }
                return body;
            }
            Self::Change { task, action, index } => {
                json!({"taskId": task, "action": action, "index": index})
            }
            Self::SimpleChange { content } => json!({"content": content}),
            Self::Swap { source, target } => json!({"sourceBase64": source, "targetBase64": target}),
        };
        if let Some(fields) = body.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
            fields.insert("state".into(), state.into());
        }
        body
    }
}

impl Bot {
    fn name(self) -> &'static str {
        match self {
            Self::Midjourney => "MID_JOURNEY",
            Self::Niji => "NIJI_JOURNEY",
        }
    }
}

impl Dimensions {
    fn name(self) -> &'static str {
        match self {
            Self::Portrait => "PORTRAIT",
            Self::Square => "SQUARE",
            Self::Landscape => "LANDSCAPE",
        }
    }
}

impl Client {
    /// Asks for something. `state` comes back with the task, so that it can be found again. An error that may have been
    /// done all the same says so by itself.
    pub async fn submit(&self, site: &Site, what: &Submission, state: &str) -> Result<Submitted, Error> {
        let reply = self.tell_site(site, what.path(), &what.body(state)).await;
        let reply = match reply {
            Err(Error::Refused(failure)) => {
                // Some give the status of an error to what is a plain answer.
                let told = failure
                    .server_code
                    .parse()
                    .ok()
                    .filter(|_| matches!(failure.status, 400 | 402 | 404..500));
                let told = told.and_then(|code| plain(code, &failure.message, &Map::new()));
                return told.ok_or(Error::Refused(failure));
            }
            other => other?,
        };
        read(&reply)
    }
}

fn read(reply: &Reply) -> Result<Submitted, Error> {
    let value = value_of(reply)?.unwrap_or_default();
    let words = lenient::text(&value, &["description", "message"]).unwrap_or_default();
    let nothing = Map::new();
    let properties = value.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    let id = match value.get("result") {
        Some(Value::Array(list)) => list.first().and_then(lenient::scalar),
        Some(one) => lenient::scalar(one),
        None => None,
    };
    let property = |key: &str| properties.get(key).and_then(lenient::scalar);
    let code = value.get("code").and_then(lenient::whole);
    match (code, id) {
        (Some(21), Some(id)) => {
            let is_done = property("imageUrl").is_some() || property("status").as_deref() == Some("SUCCESS");
            let prompt = property("finalPrompt").unwrap_or_default();
            Ok(if is_done { Submitted::Before { id } } else { Submitted::PopUp { id, prompt } })
        }
        (Some(22), Some(id)) => {
            let queue = property("numberOfQueues").and_then(|count| count.parse().ok());
            Ok(Submitted::Task { id, queue })
        }
        (Some(0 | 1), Some(id)) => Ok(Submitted::Task { id, queue: None }),
        (Some(1 | 21 | 22), None) => Err(reply.source.unreadable("no task number", &reply.body)),
        (Some(code), _) => {
            let refused = || Submitted::Refused { code, words: words.to_owned() };
            Ok(plain(code, words, properties).unwrap_or_else(refused))
        }
        (None, _) => match crate::error::body::error_within(&value) {
            Some(facts) => Err(reply.source.failure(facts, false)),
            None => Err(reply.source.unreadable("no code", &reply.body)),
        },
    }
}

/// What codes say that name no task.
fn plain(code: i64, words: &str, properties: &Map<String, Value>) -> Option<Submitted> {
    match code {
        23 | 30 => Some(Submitted::QueueFull),
        24 => {
            let word = properties.get("bannedWord").and_then(lenient::scalar).unwrap_or_default();
            Some(Submitted::Banned { word })
        }
        3 => Some(Submitted::Gone { words: words.to_owned() }),
        _ => None,
    }
}
