//! What is sent for a continuation: the text up to the place, to the path for texts; or one question in a chat, to a model
//! that knows no other way.

use std::ops::Range;

use gateway::chat::{Message as Sent, Request, Role as Speaker};
use serde_json::Value;
use store::MessageId;
use store::table::conversation::ConversationKind;
use store::table::learnt::Learnt;
use store::table::message::Message;
use store::table::options::Options;
use store::table::step::Sent as Told;

use super::{SUFFIX, is_gap, is_in_a_chat, room};
use crate::Error;
use crate::chat::count::Counter;
use crate::chat::request::Built;
use crate::chat::{adapt, options};
use crate::engine::{Organs, blocking};
use crate::view::Ask;

/// The longest continuation unless the person says otherwise, tokens: a paragraph. It is always sent, for services take
/// sixteen tokens where nothing is said.
const USUAL_LENGTH: i64 = 256;

const GO_ON: &str = "Continue the text below exactly where it stops, in its own language, voice and form. Answer with the \
                     continuation only: repeat nothing of the text, add no remark and no quotation marks. Begin with a \
                     blank if a new word begins.";
const FILL: &str = "Fill the gap marked [GAP] in the text below, in its own language, voice and form, so that both parts \
                    join. Answer with what belongs in the gap only: repeat nothing of the text, add no remark and no \
                    quotation marks.";

/// What there is to continue.
struct Wish {
    options: Options,
    question: Message,
    answer: Message,
    window: Option<i64>,
}

/// The request for an answer that continues a text; none for an answer in a chat.
pub(crate) async fn request(
    organs: &Organs,
    answer: MessageId,
    ask: &Ask,
    learnt: &Learnt,
) -> Result<Option<Built>, Error> {
    let Some(wish) = wish(organs, answer, ask, learnt.window).await? else { return Ok(None) };
    let mut request = if is_in_a_chat(&wish.answer) { wish.in_a_chat(ask) } else { wish.as_text(ask) };
    if !wish.answer.text.is_empty() {
        // It grows: further versions would have no place.
        request.options.remove("n");
        request.options.remove("best_of");
    }
    adapt::apply(learnt, &mut request);
    let told = blocking({
        let (model, request, window) = (ask.model.clone(), request.clone(), wish.window);
        move || Ok::<_, Error>(told(&model, &request, window))
    });
    Ok(Some(Built { request, told: told.await? }))
}

/// How much goes along: counting a long text takes its time.
fn told(model: &str, request: &Request, window: Option<i64>) -> Told {
    let counter = Counter::of(model);
    let suffix = request.options.get(SUFFIX).and_then(Value::as_str).unwrap_or_default();
    let said = request.messages.iter().map(|message| message.content.as_str());
    let texts = said.chain(request.prompt.as_deref()).chain([suffix]);
    Told {
        messages: 1,
        of: 1,
        tokens: texts.map(|text| counter.text(text)).sum(),
        window,
        exact: counter != Counter::Guess,
    }
}

async fn wish(
    organs: &Organs,
    answer: MessageId,
    ask: &Ask,
    found: Option<i64>,
) -> Result<Option<Wish>, Error> {
    let (service, model) = (ask.service_id, ask.model.clone());
    organs
        .read(move |read| {
            let answer = read.message(answer)?.ok_or(store::Error::NotFound)?;
            let conversation = read.conversation(answer.conversation_id)?.ok_or(store::Error::NotFound)?;
            if conversation.kind != ConversationKind::Text {
                return Ok(None);
            }
            let question = answer.parent_id.map(|id| read.message(id)).transpose()?.flatten();
            let question = question.ok_or(store::Error::NotFound)?;
            let listed = read.models_of(service)?;
            let listed = listed.into_iter().find(|one| one.name == model).and_then(|one| one.context);
            let window = listed.into_iter().chain(found).min();
            let options = options::effective(&conversation.options, &read.settings()?.options);
            Ok(Some(Wish { options, question, answer, window }))
        })
        .await
}

impl Wish {
    fn length(&self) -> i64 {
        self.options.max_tokens.unwrap_or(USUAL_LENGTH)
    }

    /// The text up to the place, what was suggested already included; and what follows, where that is wanted.
    fn parts(&self, ask: &Ask) -> (String, String) {
        let before = format!("{}{}", self.question.text, self.answer.text);
        let behind = self.question.suffix.as_str();
        let behind = if is_gap(&self.options, behind) { behind } else { "" };
        let window = room::window(&ask.model, self.window);
        let sent = room::fit(&before, behind, window - self.length().clamp(0, window / 2));
        let part = |text: &str, range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
        (part(&before, sent.before), part(behind, sent.behind))
    }

    fn as_text(&self, ask: &Ask) -> Request {
        let (prompt, suffix) = self.parts(ask);
        let mut fields = options::of_text(&self.options);
        fields.entry("max_tokens").or_insert(USUAL_LENGTH.into());
        if !suffix.is_empty() {
            fields.insert(SUFFIX.into(), suffix.into());
        }
        // The best of several is known only when all of them are there.
        let picks = fields.get("best_of").and_then(Value::as_i64).is_some_and(|best| best > 1);
        let stream = self.options.stream.unwrap_or(true) && !picks;
        self.finish(ask, Request { prompt: Some(prompt), stream, options: fields, ..Request::default() })
    }

    fn in_a_chat(&self, ask: &Ask) -> Request {
        let (text, behind) = self.parts(ask);
        let wish = if behind.is_empty() {
            format!("{GO_ON}\n\n{text}")
        } else {
            format!("{FILL}\n\n{text}[GAP]{behind}")
        };
        let mut fields = options::fields(&self.options, &ask.model);
        fields.entry("max_tokens").or_insert(USUAL_LENGTH.into());
        let stream = self.options.stream.unwrap_or(true);
        let messages = vec![Sent::text(Speaker::User, wish)];
        self.finish(ask, Request { messages, stream, options: fields, ..Request::default() })
    }

    fn finish(&self, ask: &Ask, request: Request) -> Request {
        Request {
            model: ask.model.clone(),
            include_usage: self.options.include_usage.unwrap_or(true),
            ..request
        }
    }
}
