//! Where an answer does not fit its schema, as facts: the window has the words.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Told};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::path::{self, Path};
use crate::schema::quoted;
use crate::tree::Kind;

/// Allowed values that are named.
const MOST_NAMED: usize = 12;

/// One place where a value does not fit.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DataBreak")]
pub struct Break {
    /// Where.
    pub at: Path,
    /// The rule that it breaks.
    pub rule: Rule,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
#[ts(rename = "DataRule")]
pub enum Rule {
    /// It is something else than it should be.
    Type {
        /// What it should be: any of these. A whole number is "integer".
        wanted: Vec<String>,
        /// What it is.
        is: Kind,
    },
    /// A name that must be there is not.
    Missing {
        /// The name.
        name: String,
    },
    /// Names that must not be there are.
    Unknown {
        /// The names.
        names: Vec<String>,
    },
    /// It is none of the values allowed.
    Choice {
        /// Some of those allowed, as JSON.
        allowed: Vec<String>,
        /// What it is, as JSON.
        is: String,
    },
    /// It crosses a limit: of its size, its letters, its entries or its names.
    Limit {
        /// What is counted.
        of: Counted,
        /// It is below the limit, and should not be; otherwise above.
        below: bool,
        /// The limit, as it was written.
        limit: String,
        /// The limit itself is not allowed either.
        excluded: bool,
    },
    /// It is no multiple of a number.
    Multiple {
        /// The number.
        of: f64,
    },
    /// Entries are there twice.
    Repeated,
    /// Its letters do not follow a pattern.
    Pattern {
        /// The pattern.
        pattern: String,
    },
    /// It does not look like a date, an address or whatever was asked for.
    Format {
        /// What it should look like, in the schema's word.
        format: String,
    },
    /// It fits none of several forms, or more than one where only one may fit.
    Forms {
        /// It fits more than one.
        several: bool,
    },
    /// Something else; the keyword of the rule.
    Other {
        /// The keyword.
        keyword: String,
    },
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DataCounted")]
pub enum Counted {
    /// The number itself.
    Value,
    /// Letters.
    Letters,
    /// Entries of a list.
    Entries,
    /// Names of an object.
    Names,
}

/// What the library says, as facts.
pub(crate) fn of(value: &Value, error: &ValidationError<'_>) -> Break {
    Break { at: path::of_pointer(value, error.instance_path().as_str()), rule: rule(error) }
}

fn rule(error: &ValidationError<'_>) -> Rule {
    let limit = |of, below, limit: String, excluded| Rule::Limit { of, below, limit, excluded };
    match error.kind() {
        Told::Type { kind } => Rule::Type { wanted: types(kind), is: Kind::of(error.instance()) },
        Told::Required { property } => Rule::Missing { name: bare(property) },
        Told::AdditionalProperties { unexpected } | Told::UnevaluatedProperties { unexpected } => {
            Rule::Unknown { names: unexpected.iter().take(MOST_NAMED).cloned().collect() }
        }
        Told::Enum { options } => {
            let allowed = options.as_array().map(Vec::as_slice).unwrap_or_default();
            Rule::Choice {
                allowed: allowed.iter().take(MOST_NAMED).map(quoted).collect(),
                is: quoted(error.instance()),
            }
        }
        Told::Constant { expected_value } => {
            Rule::Choice { allowed: vec![quoted(expected_value)], is: quoted(error.instance()) }
        }
        Told::Minimum { limit: least } => limit(Counted::Value, true, least.to_string(), false),
        Told::Maximum { limit: most } => limit(Counted::Value, false, most.to_string(), false),
        Told::ExclusiveMinimum { limit: least } => limit(Counted::Value, true, least.to_string(), true),
        Told::ExclusiveMaximum { limit: most } => limit(Counted::Value, false, most.to_string(), true),
        Told::MinLength { limit: least } => limit(Counted::Letters, true, least.to_string(), false),
        Told::MaxLength { limit: most } => limit(Counted::Letters, false, most.to_string(), false),
        Told::MinItems { limit: least } => limit(Counted::Entries, true, least.to_string(), false),
        Told::MaxItems { limit: most } => limit(Counted::Entries, false, most.to_string(), false),
        Told::AdditionalItems { limit: most } => limit(Counted::Entries, false, most.to_string(), false),
        Told::MinProperties { limit: least } => limit(Counted::Names, true, least.to_string(), false),
        Told::MaxProperties { limit: most } => limit(Counted::Names, false, most.to_string(), false),
        Told::MultipleOf { multiple_of } => Rule::Multiple { of: *multiple_of },
        Told::UniqueItems => Rule::Repeated,
        Told::Pattern { pattern } => Rule::Pattern { pattern: pattern.clone() },
        Told::Format { format } => Rule::Format { format: format.clone() },
        Told::AnyOf { .. } | Told::OneOfNotValid { .. } => Rule::Forms { several: false },
        Told::OneOfMultipleValid { .. } => Rule::Forms { several: true },
        other => Rule::Other { keyword: other.keyword().to_owned() },
    }
}

fn types(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(several) => several.into_iter().map(|one| one.to_string()).collect(),
    }
}

/// A name without the quotation marks of JSON.
fn bare(name: &Value) -> String {
    name.as_str().map_or_else(|| name.to_string(), str::to_owned)
}
