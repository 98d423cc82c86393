//! Listens to a whole answer and sums it up.

use gateway::Error;
use gateway::chat::{Answer, Called, Event, Message, Request, Role, Token, Usage};

/// All that an answer said. Choices are joined.
#[derive(Debug, Default, PartialEq)]
pub struct Heard {
    pub text: String,
    pub thought: String,
    pub refusal: String,
    pub tokens: Vec<Token>,
    pub model: String,
    pub id: String,
    pub finish: Vec<String>,
    pub usage: Option<Usage>,
    pub pictures: Vec<String>,
    pub sources: Vec<String>,
    pub calls: Vec<Called>,
    pub alive: usize,
    /// `cut` of the end; absent when an error ended the answer.
    pub end: Option<bool>,
}

impl Heard {
    pub fn take(&mut self, event: Event) {
        assert_eq!(self.end, None, "nothing may follow the end, but {event:?} did");
        match event {
            Event::Model(model) => self.model = model,
            Event::Id(id) => self.id = id,
            Event::Text { text, .. } => self.text += &text,
            Event::Thought { text, .. } => self.thought += &text,
            Event::TextWasThought { .. } => self.thought += &std::mem::take(&mut self.text),
            Event::Refusal { text, .. } => self.refusal += &text,
            Event::Confidence { tokens, .. } => self.tokens.extend(tokens),
            Event::Finish { reason, .. } => self.finish.push(reason),
            Event::Usage(usage) => self.usage = Some(usage),
            Event::Citations(sources) => self.sources.extend(sources.into_iter().map(|source| source.url)),
            Event::Pictures(pictures) => self.pictures.extend(pictures),
            Event::Calling { .. } => assert!(self.calls.is_empty(), "whole calls come behind their pieces"),
            Event::Calls { calls, .. } => self.calls.extend(calls),
            Event::Alive => self.alive += 1,
            Event::End { cut } => self.end = Some(cut),
        }
    }
}

/// Everything until the end or the error.
pub async fn hear(mut answer: Answer) -> (Heard, Option<Error>) {
    let mut heard = Heard::default();
    while let Some(event) = answer.next().await {
        match event {
            Ok(event) => heard.take(event),
            Err(error) => {
                assert!(answer.next().await.is_none(), "nothing may follow an error");
                return (heard, Some(error));
            }
        }
    }
    (heard, None)
}

/// A small question that asks for a stream.
pub fn question() -> Request {
    Request {
        model: "m".into(),
        messages: vec![Message::text(Role::User, "Name a river.")],
        stream: true,
        ..Request::default()
    }
}
