//! Answers that were asked for as data: found, held against their schema, handed out a page at a time.

use std::sync::Arc;
use std::time::Duration;

use data::{Break, Found, Place, Schema, Table, Unfound};
use store::MessageId;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::view::{Data, DataCheck, DataForm, DataFound, DataParts, DataText};
use crate::engine::Organs;
use crate::{Code, Error};

/// Rows, or parts of a value, that are handed out at once.
pub(super) const PAGE: usize = 200;
/// Breaks that are told.
const MOST_BREAKS: usize = 20;
/// How long an answer is held against its schema at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// One check at a time: a schema that takes for ever keeps one thread busy, and never more.
pub(crate) type Turnstile = Arc<Semaphore>;

pub(crate) fn turnstile() -> Turnstile {
    Arc::new(Semaphore::new(1))
}

pub(super) async fn of(organs: &Organs, id: MessageId) -> Result<Data, Error> {
    let (text, schema) =
        organs.read(move |read| Ok((read.message(id)?.map(|message| message.text), read.form(id)?))).await?;
    let text = text.ok_or(Code::Gone)?;
    let schema = schema.filter(|schema| !schema.is_empty());
    let looked = organs.compute({
        let text = text.clone();
        move || look(&text)
    });
    let (data, found) = looked.await?;
    Ok(match schema.filter(|_| found) {
        Some(schema) => checked(organs, data, text, schema).await?,
        None => data,
    })
}

/// The answer laid out but not checked, and whether there is anything to check.
fn look(text: &str) -> (Data, bool) {
    match data::find(text) {
        Ok(Found { value, place, .. }) => {
            let table = Table::of(&value);
            let flat = table.as_ref().is_some_and(|table| table.is_flat(&value));
            let root = data::node(&value, &[]);
            (Data { root, table, flat, ..nothing(found(place)) }, true)
        }
        Err(why) => (nothing(unfound(why)), false),
    }
}

async fn checked(organs: &Organs, data: Data, text: String, schema: String) -> Result<Data, Error> {
    let Ok(Ok(turn)) = timeout(PATIENCE, Arc::clone(&organs.checks).acquire_owned()).await else {
        return Ok(Data { check: DataCheck::Unknown, ..data });
    };
    let check = organs.compute(move || {
        let breaks = breaks(&text, &schema);
        // Given back when the work is done, not when somebody stopped waiting for it.
        drop(turn);
        breaks
    });
    Ok(match timeout(PATIENCE, check).await {
        Ok(found) => held(data, found?),
        Err(_) => Data { check: DataCheck::Unknown, ..data },
    })
}

/// Where the answer does not fit; none when the schema cannot be used any more.
fn breaks(text: &str, schema: &str) -> Option<Vec<Break>> {
    let schema = Schema::read(schema).ok()?;
    let found = data::find(text).ok()?;
    Some(schema.breaks(&found.value, MOST_BREAKS + 1))
}

fn held(data: Data, found: Option<Vec<Break>>) -> Data {
    let Some(mut breaks) = found else { return Data { check: DataCheck::Unknown, ..data } };
    let more_breaks = breaks.len() > MOST_BREAKS;
    breaks.truncate(MOST_BREAKS);
    let check = if breaks.is_empty() { DataCheck::Fits } else { DataCheck::Breaks };
    Data { check, breaks, more_breaks, ..data }
}

/// Rows of the table that the answer makes, from the one at `from` on.
pub(super) fn rows(text: &str, from: usize) -> Vec<Vec<Option<String>>> {
    let Ok(found) = data::find(text) else { return Vec::new() };
    Table::of(&found.value).map(|table| table.rows(&found.value, from, PAGE)).unwrap_or_default()
}

/// Parts of a value in the answer.
pub(super) fn parts(text: &str, parts: &DataParts) -> Vec<data::Node> {
    let Ok(found) = data::find(text) else { return Vec::new() };
    data::children(&found.value, &parts.at, parts.from, PAGE)
}

/// The data as text; none where there is no data, or no table to make a sheet of.
pub(super) fn text(text: &str, form: DataForm) -> Option<DataText> {
    let found = data::find(text).ok()?;
    match form {
        DataForm::Json => Some(DataText { text: found.source.to_owned(), marked: 0 }),
        DataForm::Csv => {
            let sheet = data::csv(&Table::of(&found.value)?, &found.value);
            Some(DataText { text: sheet.text, marked: sheet.marked })
        }
    }
}

fn nothing(found: DataFound) -> Data {
    Data {
        found,
        root: None,
        table: None,
        flat: false,
        check: DataCheck::None,
        breaks: Vec::new(),
        more_breaks: false,
    }
}

fn found(place: Place) -> DataFound {
    match place {
        Place::Whole => DataFound::Whole,
        Place::Fenced => DataFound::Fenced,
        Place::Within => DataFound::Within,
    }
}

fn unfound(why: Unfound) -> DataFound {
    match why {
        Unfound::Absent => DataFound::Absent,
        Unfound::Cut => DataFound::Cut,
        Unfound::Broken { line, column } => DataFound::Broken { line, column },
        Unfound::Large => DataFound::Large,
    }
}
