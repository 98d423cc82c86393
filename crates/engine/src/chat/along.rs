//! What goes along with a question: what is told first, and as much of the branch as fits, read from its end.

use std::collections::VecDeque;

use gateway::chat::{Message as Sent, Request, Role as Speaker};
use serde_json::{Map, Value};
use store::table::conversation::Conversation;
use store::table::learnt::Learnt;
use store::table::message::{Message, PathStep, Role};
use store::table::options::Options;
use store::table::step::Sent as Told;
use store::{ConversationId, MessageId, Read, ServiceId};

use super::context::{self, Fit, Frame, How};
use super::count::{Count, Counted, Counter};
use super::{adapt, first, options, tooling};
use crate::attach::along::Along as Files;

/// Messages read at a time.
const PAGE: usize = 32;

/// Whom it goes to.
pub(crate) struct To<'a> {
    pub(crate) service: ServiceId,
    pub(crate) model: &'a str,
    pub(crate) learnt: &'a Learnt,
    /// Where files were handed to for a model that opens links, and "" for all others.
    pub(crate) upload: &'a str,
}

/// A branch of a conversation up to some message, that one included.
pub(crate) struct Branch {
    pub(crate) conversation: Conversation,
    pub(crate) path: Vec<PathStep>,
    /// Its last message, where that is an answer being written.
    pub(crate) written: Option<Message>,
}

/// What goes along.
pub(crate) struct Along {
    /// The messages to send, what is told first included.
    pub(crate) messages: Vec<Sent>,
    /// The options that count.
    pub(crate) options: Options,
    /// Those as request fields, not yet changed to what the model takes.
    pub(crate) fields: Map<String, Value>,
    /// The oldest of the conversation's messages that is sent.
    pub(crate) first: Option<MessageId>,
    /// How much that is, as it is told to the person.
    pub(crate) told: Told,
}

impl Branch {
    /// The branch shown of a conversation.
    pub(crate) fn shown(read: &Read, id: ConversationId) -> Result<Self, store::Error> {
        let conversation = read.conversation(id)?.ok_or(store::Error::NotFound)?;
        let path = conversation.head.map(|head| read.path_outline(head)).transpose()?.unwrap_or_default();
        Ok(Self { conversation, path, written: None })
    }

    /// The branch that ends at an answer that is being written.
    pub(crate) fn of(read: &Read, answer: MessageId) -> Result<Self, store::Error> {
        let written = read.message(answer)?.ok_or(store::Error::NotFound)?;
        let conversation = read.conversation(written.conversation_id)?.ok_or(store::Error::NotFound)?;
        Ok(Self { conversation, path: read.path_outline(answer)?, written: Some(written) })
    }

    /// The summary that stands for its beginning, and how many messages it stands for. It counts where these are on
    /// this branch.
    pub(crate) fn summary(&self) -> Option<(&str, usize)> {
        let summary = self.conversation.summary.as_ref()?;
        let at = self.path.iter().position(|step| step.id == summary.upto)?;
        Some((&summary.text, at + 1))
    }
}

/// A question about to be sent: to whom, and at the end of which branch.
pub(crate) struct Sending<'a> {
    pub(crate) read: &'a Read,
    pub(crate) counted: &'a Counted,
    pub(crate) to: To<'a>,
    pub(crate) branch: Branch,
}

impl Sending<'_> {
    /// What goes along with it, and with words that are not written down yet.
    pub(crate) fn along(&self, typed: Option<&str>) -> Result<Along, store::Error> {
        let plan = Plan::new(self)?;
        let fit = self.fit(plan.how(self), typed)?;
        let count = plan.always.and(fit.count);
        let said = self.branch.path.iter().filter(|step| step.length > 0).count();
        Ok(Along {
            told: Told {
                messages: fit.said,
                // A question of files alone has no length.
                of: (said + usize::from(typed.is_some())).max(fit.said),
                tokens: count.tokens,
                window: plan.frame.window,
                exact: count.exact,
            },
            messages: plan.told_first.into_iter().chain(fit.messages).collect(),
            first: fit.first,
            options: plan.options,
            fields: plan.fields,
        })
    }

    /// The end of the branch that takes at most half of what goes along now: what is left when the rest is summed up.
    pub(crate) fn half(&self) -> Result<Option<MessageId>, store::Error> {
        let how = Plan::new(self)?.how(self);
        let taken = self.fit(how, None)?.count.tokens;
        Ok(self.fit(How { room: how.room.min(taken) / 2, ..how }, None)?.first)
    }

    /// Tokens that the model's window holds: as the service lists it, or fewer where that was found out by being refused.
    pub(crate) fn window(&self) -> Result<Option<i64>, store::Error> {
        let listed = self.read.models_of(self.to.service)?.into_iter().find(|one| one.name == self.to.model);
        let listed = listed.and_then(|one| one.context).filter(|tokens| *tokens > 0);
        Ok(listed.into_iter().chain(self.to.learnt.window).min())
    }

    fn fit(&self, how: How, typed: Option<&str>) -> Result<Fit, store::Error> {
        let counter = Counter::of(self.to.model);
        let from = self.branch.summary().map_or(0, |(_, stands_for)| stands_for);
        let unsummed = self.branch.path.get(from..).unwrap_or_default();
        let unwritten = typed.map(|words| self.unwritten(words));
        let written = Backwards::new(self.read, unsummed).map(|message| self.with_files(message?));
        let newest_first = unwritten.into_iter().chain(written);
        context::fit(newest_first, how, |message, sent| self.counted.message(counter, message.id, sent))
    }

    fn with_files(&self, message: Message) -> Result<(Message, Option<Files>), store::Error> {
        let files = match message.role {
            Role::User => Files::with(self.read, message.id, self.to.upload)?,
            Role::Assistant => None,
        };
        Ok((message, files))
    }

    /// Words and files on the desk, as the question that they will be.
    fn unwritten(&self, words: &str) -> Result<(Message, Option<Files>), store::Error> {
        let place = self.branch.conversation.id;
        let files = Files::on_desk(self.read, &place.to_string(), self.to.upload)?;
        Ok((Message { text: words.to_owned(), ..Message::blank(place, None, Role::User, 0) }, files))
    }
}

/// What is sent in any case.
struct Plan {
    options: Options,
    fields: Map<String, Value>,
    told_first: Option<Sent>,
    /// The request offers tools.
    tools: bool,
    always: Count,
    frame: Frame,
}

impl Plan {
    fn new(sending: &Sending<'_>) -> Result<Self, store::Error> {
        let Sending { read, to, branch, .. } = sending;
        let (settings, talk) = (read.settings()?, &branch.conversation);
        let options = options::effective(&talk.options, &settings.options);
        let fields = fields(sending, &options)?;
        let own = Some(&talk.instructions).filter(|own| !own.trim().is_empty());
        let summary = branch.summary().map(|(words, _)| words);
        let words = first::words(own.unwrap_or(&settings.instructions), options.answer_length, summary);
        let told_first = (!words.is_empty()).then(|| Sent::text(Speaker::System, words));
        let counter = Counter::of(to.model);
        // What the model refuses is not sent, and some of it is told in words instead.
        let mut opening = Request {
            messages: told_first.clone().into_iter().collect(),
            options: fields.clone(),
            ..Request::default()
        };
        adapt::apply(to.learnt, &mut opening);
        let always = counter.opening(&opening.messages, opening.options.get("tools"));
        let tools = opening.options.contains_key("tools");
        let frame = Frame {
            window: sending.window()?,
            told_first: always.tokens,
            longest_answer: options.max_completion_tokens.or(options.max_tokens),
        };
        Ok(Self { options, fields, told_first, tools, always, frame })
    }

    fn how(&self, sending: &Sending<'_>) -> How {
        How {
            room: self.frame.room(),
            tools: self.tools,
            written: sending.branch.written.as_ref().map(|answer| answer.id),
        }
    }
}

/// The request fields that the options ask for, those about tools included.
fn fields(sending: &Sending<'_>, options: &Options) -> Result<Map<String, Value>, store::Error> {
    let called = sending.branch.written.as_ref().is_some_and(|answer| !answer.steps.is_empty());
    let tools = tooling::chosen(sending.read, options)?;
    let mut fields = options::fields(options, sending.to.model);
    fields.extend(tooling::fields(&tools, options, called));
    Ok(fields)
}

/// Reads messages from the last one back, some at a time: where a window is full, nothing more is read.
struct Backwards<'a> {
    read: &'a Read,
    left: &'a [PathStep],
    page: VecDeque<Message>,
}

impl<'a> Backwards<'a> {
    fn new(read: &'a Read, path: &'a [PathStep]) -> Self {
        Self { read, left: path, page: VecDeque::new() }
    }
}

impl Iterator for Backwards<'_> {
    type Item = Result<Message, store::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // A whole page may be gone since the path was read.
        while self.page.is_empty() && !self.left.is_empty() {
            let (rest, page) = self.left.split_at(self.left.len().saturating_sub(PAGE));
            self.left = rest;
            let ids: Vec<MessageId> = page.iter().map(|step| step.id).collect();
            match self.read.messages(&ids) {
                Ok(messages) => self.page = messages.into(),
                Err(error) => return Some(Err(error)),
            }
        }
        self.page.pop_back().map(Ok)
    }
}
