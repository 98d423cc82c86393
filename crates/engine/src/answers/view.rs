//! What the window is shown of an answer besides its words.

use data::{Break, Node, Path, Table};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How sure a model was of the words of its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Confidence {
    /// The answer in words, with the blanks before or behind them: together they are its text.
    pub words: Vec<String>,
    /// How sure it was of each, 0 to 1; none where the service did not say.
    pub sure: Vec<Option<f64>>,
    /// How sure it was of a token, on the average; none where the service said nothing.
    pub average: Option<f64>,
}

/// A piece of a word, as the model wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "WordPiece")]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How sure the model was of it, 0 to 1.
    pub sure: Option<f64>,
    /// What it thought of in this place, likeliest first; itself mostly among them.
    pub guesses: Vec<Guess>,
}

/// Something that the model thought of in a place.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "WordGuess")]
pub struct Guess {
    /// What it says.
    pub text: String,
    /// How likely it was, 0 to 1.
    pub sure: f64,
}

/// An answer that was asked for as data.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    /// What was found in it.
    pub found: DataFound,
    /// The value as one node; none where none was found.
    pub root: Option<Node>,
    /// The table it makes; none where it makes none.
    pub table: Option<Table>,
    /// The table shows all of it; otherwise the tree shows it better.
    pub flat: bool,
    /// How it was held against its schema.
    pub check: DataCheck,
    /// Where it does not fit, the first ones.
    pub breaks: Vec<Break>,
    /// There are more places where it does not fit.
    pub more_breaks: bool,
}

/// What was found in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum DataFound {
    /// It is data and nothing else.
    Whole,
    /// Data in a fence, as models put code.
    Fenced,
    /// Data between words.
    Within,
    /// Nothing like data.
    Absent,
    /// Data that ends too early.
    Cut,
    /// Data that breaks the rules of JSON.
    Broken {
        /// Where, from 1.
        #[ts(type = "number")]
        line: usize,
        /// Where in the line, from 1.
        #[ts(type = "number")]
        column: usize,
    },
    /// More than is laid out.
    Large,
}

/// How data was held against its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DataCheck {
    /// Any JSON would do, or there is no data.
    None,
    /// It fits.
    Fits,
    /// It does not fit.
    Breaks,
    /// It could not be told in good time, or the schema cannot be used any more.
    Unknown,
}

/// Parts of a value that the window asks for.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DataParts {
    /// Parts of what; empty for the whole.
    pub at: Path,
    /// From which part on, from 0.
    #[ts(type = "number")]
    pub from: usize,
}

/// As what data is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DataForm {
    /// As it was written.
    Json,
    /// As a spreadsheet reads it.
    Csv,
}

/// Data as text, to be copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DataText {
    /// The text.
    pub text: String,
    /// Cells that were marked as text, because a spreadsheet would have run them.
    #[ts(type = "number")]
    pub marked: usize,
}
