//! A schema that answers are held to: checked before it is sent, with one reason where it cannot be used.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ReferencingError, ValidationError, Validator};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::breaks::{self, Break};
use crate::involved::is_too_involved;
use crate::path::{self, Path, Step};

/// Bytes of the longest schema: what services take ends near it, and every conversation carries its own.
pub const LONGEST_SCHEMA: usize = 128 * 1024;
/// Levels of the deepest schema.
const DEEPEST: usize = 64;
/// Letters of a wrong value that are quoted.
const QUOTED: usize = 60;

/// A schema that can be used.
pub struct Schema {
    validator: Validator,
}

/// Why a schema cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
#[ts(rename = "SchemaFault")]
pub enum Fault {
    /// It has more bytes than are taken.
    Long {
        /// How many are taken.
        #[ts(type = "number")]
        most: usize,
    },
    /// It breaks the rules of JSON.
    Broken {
        /// Where, from 1.
        #[ts(type = "number")]
        line: usize,
        /// Where in the line, from 1.
        #[ts(type = "number")]
        column: usize,
    },
    /// It is JSON, and no object.
    NoObject,
    /// It has more levels than are taken.
    Deep {
        /// How many are taken.
        #[ts(type = "number")]
        most: usize,
    },
    /// It asks for the same thing too often.
    Involved,
    /// It points to something outside itself.
    Outside {
        /// Where to.
        address: String,
    },
    /// It points to something that it does not hold.
    Nowhere {
        /// Where to.
        address: String,
    },
    /// Something in it is not what the rules of schemas allow.
    Wrong {
        /// Where.
        at: Path,
        /// What stands there, shortened.
        is: String,
    },
}

impl Schema {
    /// Reads and checks a schema.
    pub fn read(text: &str) -> Result<Self, Fault> {
        if text.len() > LONGEST_SCHEMA {
            return Err(Fault::Long { most: LONGEST_SCHEMA });
        }
        let schema = parse(text)?;
        if !schema.is_object() {
            return Err(Fault::NoObject);
        }
        if is_too_involved(&schema) {
            return Err(Fault::Involved);
        }
        let built = jsonschema::options().offline().build(&schema);
        let validator = built.map_err(|error| fault(&schema, &error))?;
        Ok(Self { validator })
    }

    /// Where `value` does not fit, at most `most` places, in the order of the value.
    pub fn breaks(&self, value: &Value, most: usize) -> Vec<Break> {
        self.validator.iter_errors(value).take(most).map(|error| breaks::of(value, &error)).collect()
    }
}

fn parse(text: &str) -> Result<Value, Fault> {
    let deep = Fault::Deep { most: DEEPEST };
    match serde_json::from_str::<Value>(text) {
        Ok(value) if levels(&value) > DEEPEST => Err(deep),
        Ok(value) => Ok(value),
        Err(error) if error.to_string().starts_with("recursion limit") => Err(deep),
        Err(error) => Err(Fault::Broken { line: error.line(), column: error.column().max(1) }),
    }
}

fn levels(value: &Value) -> usize {
    match value {
        Value::Object(parts) => 1 + parts.values().map(levels).max().unwrap_or_default(),
        Value::Array(parts) => 1 + parts.iter().map(levels).max().unwrap_or_default(),
        _ => 0,
    }
}

fn fault(schema: &Value, error: &ValidationError<'_>) -> Fault {
    match error.kind() {
        ValidationErrorKind::Referencing(told) => lost(told),
        _ => {
            let at = path::of_pointer(schema, error.instance_path().as_str());
            Fault::Wrong { at, is: quoted(error.instance()) }
        }
    }
}

fn lost(error: &ReferencingError) -> Fault {
    match error {
        ReferencingError::Unretrievable { uri, .. } => Fault::Outside { address: uri.clone() },
        ReferencingError::UnknownSpecification { specification } => {
            Fault::Wrong { at: vec![Step::Name("$schema".into())], is: specification.clone() }
        }
        ReferencingError::PointerToNowhere { pointer } => Fault::Nowhere { address: format!("#{pointer}") },
        ReferencingError::NoSuchAnchor { anchor } => Fault::Nowhere { address: format!("#{anchor}") },
        other => Fault::Nowhere { address: other.to_string() },
    }
}

/// A value as JSON, shortened.
pub(crate) fn quoted(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", text.split_at(at).0),
        None => text,
    }
}
