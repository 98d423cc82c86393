//! What a file tells of the making of its picture and of when it was taken, as the programs that make pictures have come
//! to write it down. All of it was written by strangers: what cannot be read is left out, and is never an error.

mod comfy;
mod json;
mod parameters;
mod texts;

use texts::Texts;

/// A picture has no more settings than this; what says more says nothing.
const MOST_SETTINGS: usize = 60;
/// Letters of the longest value that is kept of a setting.
const LONGEST_SETTING: usize = 4000;
/// Letters of the longest words that are kept; the file itself keeps all.
const LONGEST_PROMPT: usize = 32_000;
/// Letters of the longest name of a model or a setting.
const LONGEST_NAME: usize = 200;
/// The name under which the words for what shall not be seen are kept.
const NEGATIVE: &str = "Negative prompt";
/// The name under which the number is kept that makes a picture the same again.
const SEED: &str = "Seed";

/// What a file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// The words it was made from; "" where it does not say.
    pub prompt: String,
    /// What it was made with; "" where it does not say.
    pub model: String,
    /// Every other setting by the name that the program gave it, in its order.
    pub settings: Vec<(String, String)>,
    /// When the picture was taken.
    pub taken: Option<Taken>,
}

/// A time as cameras write it down: where the camera was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// "2024-05-01T10:00:00"
    pub local: String,
    /// "+02:00", where it says.
    pub offset: Option<String>,
}

/// What the file of a picture tells of its making.
pub fn making(bytes: &[u8]) -> Making {
    let texts = Texts::of(bytes);
    let mut told = READERS.iter().find_map(|read| read(&texts)).unwrap_or_default();
    told.settings.retain(|(name, value)| !name.is_empty() && !value.is_empty());
    told.settings.truncate(MOST_SETTINGS);
    for (name, value) in &mut told.settings {
        cut(name, LONGEST_NAME);
        cut(value, LONGEST_SETTING);
    }
    cut(&mut told.prompt, LONGEST_PROMPT);
    cut(&mut told.model, LONGEST_NAME);
    Making { taken: texts.taken, ..told }
}

/// Leaves so many letters of a text.
fn cut(text: &mut String, longest: usize) {
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
    }
}

impl Making {
    /// Whether it tells anything.
    fn is_something(&self) -> bool {
        !(self.prompt.is_empty() && self.model.is_empty() && self.settings.is_empty())
    }

    fn told(self) -> Option<Self> {
        self.is_something().then_some(self)
    }
}

/// The ways to tell, the surest first.
const READERS: &[fn(&Texts) -> Option<Making>] = &[
    |texts| of_parameters(texts.named("parameters")?),
    |texts| of_parameters(texts.comment.as_deref()?),
    |texts| comfy::of_prompt(texts.named("prompt")?),
    |texts| json::of(texts.named("invokeai_metadata").or_else(|| texts.named("sd-metadata"))?),
    of_novel_ai,
    |texts| comfy::of_workflow(texts.named("workflow")?),
    of_description,
];

/// The text that most programs write: as lines, or as JSON.
fn of_parameters(text: &str) -> Option<Making> {
    if text.trim_start().starts_with('{') { json::of(text) } else { parameters::of(text).told() }
}

/// `NovelAI` writes its settings as JSON, and its model as the source.
fn of_novel_ai(texts: &Texts) -> Option<Making> {
    let told = json::of(texts.named("Comment")?)?;
    let model = texts.named("Source").map_or(told.model, str::to_owned);
    let prompt = if told.prompt.is_empty() {
        texts.named("Description").unwrap_or_default().into()
    } else {
        told.prompt
    };
    Making { prompt, model, ..told }.told()
}

/// Words that describe a picture. Cameras write such words too, so it must be a program that makes pictures.
fn of_description(texts: &Texts) -> Option<Making> {
    let words = texts.described()?;
    let makers = ["Midjourney", "NovelAI", "Medley"];
    let maker = makers.into_iter().find(|maker| texts.maker.contains(maker));
    let (prompt, job) = match words.split_once("Job ID:") {
        Some((prompt, job)) => (prompt, Some(job.trim().to_owned())),
        None => (words, None),
    };
    let switches = [" --v ", " --ar ", " --niji", " --stylize "].iter().any(|switch| words.contains(switch));
    let model = match maker {
        Some("Medley") => String::new(),
        Some(maker) => maker.to_owned(),
        None if job.is_some() || switches => "Midjourney".to_owned(),
        None => return None,
    };
    let author = texts.named("Author").map(str::to_owned);
    let settings = [("Author", author), ("Job ID", job)];
    let settings = settings.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Making { prompt: prompt.trim().to_owned(), model, settings, taken: None }.told()
}
