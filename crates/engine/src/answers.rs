//! What is in an answer besides its words: how sure the model was of them, and the data that was asked for.

mod align;
pub(crate) mod data;
pub(crate) mod view;
mod words;

use std::sync::Arc;

use store::MessageId;
use store::table::confidence::Token;
use view::{Confidence, Data, DataForm, DataParts, DataText, Piece};

use crate::engine::Organs;
use crate::{Code, Error};

/// A closer look at answers.
pub struct Answers(pub(crate) Arc<Organs>);

impl Answers {
    /// How sure the model was of each word of an answer.
    pub async fn confidence(&self, id: MessageId) -> Result<Confidence, Error> {
        let (text, tokens) = self.tokens(id).await?;
        self.0.compute(move || words::confidence(&text, &tokens)).await
    }

    /// What else the model thought of in the place of one of those words, piece by piece.
    pub async fn pieces(&self, id: MessageId, word: usize) -> Result<Vec<Piece>, Error> {
        let (text, tokens) = self.tokens(id).await?;
        self.0.compute(move || words::pieces(&text, &tokens, word)).await
    }

    /// The data in an answer, and whether it fits what was asked for.
    pub async fn data(&self, id: MessageId) -> Result<Data, Error> {
        data::of(&self.0, id).await
    }

    /// One page of the rows of its table.
    pub async fn rows(&self, id: MessageId, from: usize) -> Result<Vec<Vec<Option<String>>>, Error> {
        let text = self.text(id).await?;
        self.0.compute(move || data::rows(&text, from)).await
    }

    /// One page of the parts of a value in it.
    pub async fn parts(&self, id: MessageId, parts: DataParts) -> Result<Vec<::data::Node>, Error> {
        let text = self.text(id).await?;
        self.0.compute(move || data::parts(&text, &parts)).await
    }

    /// The data as text, to be copied.
    pub async fn data_text(&self, id: MessageId, form: DataForm) -> Result<DataText, Error> {
        let text = self.text(id).await?;
        self.0.compute(move || data::text(&text, form)).await?.ok_or_else(|| Code::Gone.into())
    }

    /// Why a schema cannot be used; none when it can.
    pub async fn check_schema(&self, schema: String) -> Result<Option<::data::Fault>, Error> {
        self.0.compute(move || ::data::Schema::read(&schema).err()).await
    }

    async fn text(&self, id: MessageId) -> Result<String, Error> {
        let message = self.0.read(move |read| read.message(id)).await?.ok_or(Code::Gone)?;
        Ok(message.text)
    }

    async fn tokens(&self, id: MessageId) -> Result<(String, Vec<Token>), Error> {
        let read = self.0.read(move |read| Ok(read.message(id)?.zip(Some(read.confidence(id)?)))).await?;
        let (message, tokens) = read.ok_or(Code::Gone)?;
        Ok((message.text, tokens))
    }
}
