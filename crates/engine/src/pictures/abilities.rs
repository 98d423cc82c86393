//! What each kind of picture engine takes, told by the name of the model (reference 5.1). It asks nobody.

use store::ServiceId;
use store::table::generation::{GenerationKind, PictureTool};
use store::table::learnt::LearntRow;
use store::table::model::{Model, ModelKind};
use store::table::service::{Lamp, Service};

use crate::view::{EngineFamily, PictureEngine};

/// What engines of one family take; every list is empty where nothing can be chosen.
#[expect(clippy::struct_excessive_bools, reason = "each is taken or not by itself")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Abilities {
    pub(crate) family: EngineFamily,
    pub(crate) prompt_limit: Option<usize>,
    pub(crate) sizes: &'static [&'static str],
    /// It takes any other size too.
    pub(crate) any_size: bool,
    pub(crate) qualities: &'static [&'static str],
    pub(crate) styles: &'static [&'static str],
    pub(crate) backgrounds: &'static [&'static str],
    pub(crate) formats: &'static [&'static str],
    pub(crate) compression: bool,
    pub(crate) moderations: &'static [&'static str],
    /// How closely pictures that go along are followed.
    pub(crate) fidelities: &'static [&'static str],
    pub(crate) max_count: i64,
    pub(crate) references: usize,
    /// Where a picture is to be changed can be painted.
    pub(crate) masks: bool,
    /// It makes others like a picture, without a word.
    pub(crate) variations: bool,
}

const NOTHING: Abilities = Abilities {
    family: EngineFamily::Other,
    prompt_limit: None,
    sizes: &[],
    any_size: false,
    qualities: &[],
    styles: &[],
    backgrounds: &[],
    formats: &[],
    compression: false,
    moderations: &[],
    fidelities: &[],
    max_count: 1,
    references: 0,
    masks: false,
    variations: false,
};

const DALL_E_2: Abilities = Abilities {
    family: EngineFamily::DallE2,
    prompt_limit: Some(1_000),
    sizes: &["1024x1024", "512x512", "256x256"],
    max_count: 10,
    references: 1,
    masks: true,
    variations: true,
    ..NOTHING
};

const DALL_E_3: Abilities = Abilities {
    family: EngineFamily::DallE3,
    prompt_limit: Some(4_000),
    sizes: &["1024x1024", "1792x1024", "1024x1792"],
    qualities: &["standard", "hd"],
    styles: &["vivid", "natural"],
    ..NOTHING
};

const GPT_IMAGE: Abilities = Abilities {
    family: EngineFamily::GptImage,
    prompt_limit: Some(32_000),
    sizes: &["auto", "1024x1024", "1536x1024", "1024x1536"],
    qualities: &["auto", "low", "medium", "high"],
    backgrounds: &["auto", "transparent", "opaque"],
    formats: &["png", "jpeg", "webp"],
    compression: true,
    moderations: &["auto", "low"],
    fidelities: &["low", "high"],
    max_count: 10,
    references: 16,
    masks: true,
    ..NOTHING
};

const GPT_IMAGE_2: Abilities = Abilities {
    sizes: &["auto", "1024x1024", "1536x1024", "1024x1536", "2048x2048", "2560x1440", "1440x2560"],
    any_size: true,
    ..GPT_IMAGE
};

/// The small one looks at pictures in one way only.
const GPT_IMAGE_MINI: Abilities = Abilities { fidelities: &[], ..GPT_IMAGE };

const OTHER: Abilities =
    Abilities { sizes: &["1024x1024", "1536x1024", "1024x1536"], any_size: true, max_count: 4, ..NOTHING };

/// Models of other makers whose names say that they change pictures.
const CHANGES: Abilities = Abilities { references: 4, ..OTHER };

const CHAT: Abilities = Abilities { family: EngineFamily::Chat, references: 4, ..NOTHING };

const MIDJOURNEY: Abilities = Abilities { family: EngineFamily::Midjourney, references: 5, ..NOTHING };

/// What relays call the model behind Midjourney's tasks; its price is that of a prompt.
pub(super) const TASKS: &str = "mj_imagine";

/// What Midjourney does beside drawing, until its service says otherwise.
const TOOLS: &[PictureTool] =
    &[PictureTool::Mix, PictureTool::Describe, PictureTool::Shorten, PictureTool::Swap];

/// Parts of names (lower case), and what such a model takes; the first row that fits counts.
const FAMILIES: &[(&[&str], Abilities)] = &[
    (&["dall-e-2", "dalle-2", "dalle2"], DALL_E_2),
    (&["dall-e-3", "dalle-3", "dalle3"], DALL_E_3),
    (&["gpt-image-2"], GPT_IMAGE_2),
    (&["gpt-image-1-mini"], GPT_IMAGE_MINI),
    (&["gpt-image", "chatgpt-image"], GPT_IMAGE),
    (&["kontext", "image-edit", "seededit", "reference"], CHANGES),
];

/// Parts of names of models that draw in their answers.
const IN_CHATS: &[&str] = &["mj-chat", "flash-image", "gpt-4o-image", "gpt-4-image", "pro-image"];

/// What the model of this name takes.
pub(crate) fn of(model: &str) -> Abilities {
    let name = model.to_lowercase();
    if name == TASKS {
        return MIDJOURNEY;
    }
    if draws_in_chats(&name) {
        return CHAT;
    }
    let fits = |(parts, _): &&(&[&str], Abilities)| parts.iter().any(|part| name.contains(part));
    FAMILIES.iter().find(fits).map_or(OTHER, |(_, abilities)| *abilities)
}

/// Whether a model of this name is asked for pictures in a chat (reference 3.5 to 3.8).
fn draws_in_chats(name: &str) -> bool {
    let all_tools = name.starts_with("gpt-4") && name.ends_with("-all");
    all_tools
        || name == "stable-diffusion"
        || name.starts_with("midjourney")
        || IN_CHATS.iter().any(|part| name.contains(part))
}

/// A model as an engine, by all that was learnt; none when it makes no pictures.
pub(super) fn engine(model: &Model, learnt: &[LearntRow]) -> Option<PictureEngine> {
    let can = of(&model.name);
    let draws = match model.kind {
        ModelKind::Image => true,
        ModelKind::Chat => can.family != EngineFamily::Other,
        _ => false,
    };
    let row = learnt.iter().find(|row| row.service_id == model.service_id && row.model == model.name);
    let refused = row.map(|row| refused(&can, &row.learnt.no_pictures)).unwrap_or_default();
    draws.then(|| described(model.service_id, model, can, refused))
}

/// What the service does not have of what the model could do. What is asked for in a chat instead is there all the same.
fn refused(can: &Abilities, learnt: &[GenerationKind]) -> Vec<GenerationKind> {
    let in_chats = can.family == EngineFamily::Other && !learnt.contains(&GenerationKind::Chat);
    let is_refused = |kind: &GenerationKind| match kind {
        GenerationKind::Generation | GenerationKind::Edit => !in_chats && learnt.contains(kind),
        GenerationKind::Variation | GenerationKind::Chat => learnt.contains(kind),
        GenerationKind::Midjourney | GenerationKind::Cut => false,
    };
    let all =
        [GenerationKind::Generation, GenerationKind::Edit, GenerationKind::Variation, GenerationKind::Chat];
    all.into_iter().filter(is_refused).collect()
}

/// Midjourney's tasks as an engine of a service where they work; its row of the list, if there is one, knows the price.
pub(super) fn midjourney(service: &Service, models: &[Model], learnt: &[LearntRow]) -> Option<PictureEngine> {
    let row = models.iter().find(|model| model.service_id == service.id && model.name == TASKS);
    let blank = Model {
        service_id: service.id,
        name: TASKS.into(),
        label: String::new(),
        kind: ModelKind::Midjourney,
        context: None,
        price_in: None,
        price_out: None,
        price_call: None,
        favourite: false,
        typed_in: false,
    };
    let model = Model { label: "Midjourney".into(), ..row.cloned().unwrap_or(blank) };
    let known = learnt.iter().find(|row| row.service_id == service.id && row.model == TASKS);
    let no_tools = known.map(|row| row.learnt.no_tools.clone()).unwrap_or_default();
    (service.lamps.midjourney == Lamp::Works).then(|| PictureEngine {
        tools: TOOLS.iter().copied().filter(|tool| !no_tools.contains(tool)).collect(),
        no_tools,
        ..described(service.id, &model, MIDJOURNEY, Vec::new())
    })
}

fn described(
    service_id: ServiceId,
    model: &Model,
    can: Abilities,
    refused: Vec<GenerationKind>,
) -> PictureEngine {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    PictureEngine {
        service_id,
        model: model.name.clone(),
        label: model.label.clone(),
        family: can.family,
        favourite: model.favourite,
        price: model.price_call,
        prompt_limit: can.prompt_limit,
        sizes: owned(can.sizes),
        any_size: can.any_size,
        qualities: owned(can.qualities),
        styles: owned(can.styles),
        backgrounds: owned(can.backgrounds),
        formats: owned(can.formats),
        compression: can.compression,
        moderations: owned(can.moderations),
        fidelities: owned(can.fidelities),
        max_count: can.max_count,
        references: can.references,
        masks: can.masks,
        variations: can.variations,
        refused,
        tools: Vec::new(),
        no_tools: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_families_wherever_they_are_sold() {
        for (name, family) in [
            ("dall-e-2", EngineFamily::DallE2),
            ("openai/dall-e-3", EngineFamily::DallE3),
            ("DALL-E-3-hd", EngineFamily::DallE3),
            ("gpt-image-1-mini", EngineFamily::GptImage),
            ("chatgpt-image-latest", EngineFamily::GptImage),
            ("flux-1.1-pro", EngineFamily::Other),
            ("stable-diffusion-xl", EngineFamily::Other),
            ("stable-diffusion", EngineFamily::Chat),
            ("gpt-4-all", EngineFamily::Chat),
            ("gpt-4o-all", EngineFamily::Chat),
            ("midjourney-fast", EngineFamily::Chat),
            ("mj-chat", EngineFamily::Chat),
            ("google/gemini-2.5-flash-image", EngineFamily::Chat),
        ] {
            assert_eq!(of(name).family, family, "{name}");
        }
    }

    #[test]
    fn only_models_that_draw_are_engines() {
        let model = |name: &str, kind| Model {
            service_id: ServiceId::new(),
            name: name.into(),
            label: name.into(),
            kind,
            context: None,
            price_in: None,
            price_out: None,
            price_call: Some(0.04),
            favourite: true,
            typed_in: false,
        };
        let found = engine(&model("dall-e-3", ModelKind::Image), &[]).unwrap();
        assert_eq!((found.price, found.max_count, found.favourite), (Some(0.04), 1, true));
        assert_eq!(found.sizes, ["1024x1024", "1792x1024", "1024x1792"]);
        assert!(
            engine(&model("anything", ModelKind::Image), &[]).is_some(),
            "the service says that it draws"
        );
        assert!(engine(&model("gpt-4-all", ModelKind::Chat), &[]).is_some(), "and these draw in chats");
        assert!(engine(&model("gpt-4o", ModelKind::Chat), &[]).is_none());
        assert!(engine(&model("mj_imagine", ModelKind::Midjourney), &[]).is_none());
        assert!(engine(&model("stable-diffusion", ModelKind::Other), &[]).is_none());
    }

    #[test]
    fn what_a_service_does_not_have_is_said_of_the_model_alone() {
        use GenerationKind::{Chat, Edit, Generation};

        let refused = |name: &str, learnt: &[GenerationKind]| refused(&of(name), learnt);
        assert_eq!(refused("gpt-image-1", &[Edit]), [Edit]);
        assert_eq!(refused("dall-e-3", &[Generation]), [Generation]);
        assert_eq!(refused("flux", &[Generation]), [], "it is asked in a chat");
        assert_eq!(refused("flux", &[Generation, Chat]), [Generation, Chat], "and there it does not draw");
    }
}
