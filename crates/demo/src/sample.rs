//! A value that fits the schema of a request, as a model that keeps to it would give one. It knows as much of schemas as people
//! write into forms, and never fails: what it does not know becomes a word.

use serde_json::{Map, Value, json};

/// Deeper than any form; a schema that holds itself ends here.
const DEEPEST: usize = 12;
/// Entries of a list.
const ENTRIES: usize = 3;
/// Words for texts, in turn.
const WORDS: &[&str] = &["Loire", "Seine", "Rhône", "Garonne", "Moselle", "Somme"];
/// Where rivers end.
const SEAS: &[&str] = &["Atlantic", "Channel", "Mediterranean"];

/// A value for `schema`; without one, rivers.
pub(crate) fn fitting(schema: Option<&Value>) -> Value {
    match schema {
        Some(schema) => Maker { root: schema, made: 0 }.value(schema, 0),
        None => rivers(ENTRIES),
    }
}

/// So many rivers, under one name, as a whole table.
pub(crate) fn rivers(count: usize) -> Value {
    let rivers = (0..count).map(|place| {
        json!({
            "name": word(place), "length_km": 1006 - place as u64 % 700, "navigable": place % 3 != 0,
            "flows_into": SEAS.get(place % SEAS.len()),
        })
    });
    json!({"rivers": rivers.collect::<Vec<_>>()})
}

struct Maker<'a> {
    root: &'a Value,
    /// Values made so far, so that no two rows say the same.
    made: usize,
}

impl<'a> Maker<'a> {
    fn value(&mut self, schema: &'a Value, depth: usize) -> Value {
        let schema = self.pointed(schema);
        if let Some(first) = schema.get("enum").and_then(Value::as_array).and_then(|allowed| allowed.first())
        {
            return first.clone();
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        let form = ["anyOf", "oneOf", "allOf"].iter().find_map(|key| schema.get(key)?.get(0));
        if let Some(form) = form.filter(|_| depth < DEEPEST) {
            return self.value(form, depth + 1);
        }
        self.made += 1;
        match kind(schema) {
            "object" if depth < DEEPEST => self.object(schema, depth),
            "array" if depth < DEEPEST => self.list(schema, depth),
            "object" => json!({}),
            "array" => json!([]),
            "integer" => json!(self.made * 7),
            "number" => json!(f64::from(u32::try_from(self.made).unwrap_or_default()) * 3.5),
            "boolean" => json!(self.made % 2 == 1),
            "null" => Value::Null,
            _ => json!(word(self.made)),
        }
    }

    fn object(&mut self, schema: &'a Value, depth: usize) -> Value {
        let parts = schema.get("properties").and_then(Value::as_object);
        let parts = parts.into_iter().flatten();
        parts.map(|(name, part)| (name.clone(), self.value(part, depth + 1))).collect::<Map<_, _>>().into()
    }

    fn list(&mut self, schema: &'a Value, depth: usize) -> Value {
        let Some(items) = schema.get("items") else { return json!([]) };
        (0..ENTRIES).map(|_| self.value(items, depth + 1)).collect()
    }

    /// What a reference inside the schema stands for.
    fn pointed(&self, schema: &'a Value) -> &'a Value {
        let address =
            schema.get("$ref").and_then(Value::as_str).and_then(|address| address.strip_prefix('#'));
        address.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }
}

/// The first type that is not "nothing".
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null")
        }
        _ if schema.get("properties").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ => "string",
    }
}

fn word(place: usize) -> String {
    let word = WORDS.get(place % WORDS.len()).copied().unwrap_or_default();
    if place < WORDS.len() { word.to_owned() } else { format!("{word} {}", place / WORDS.len()) }
}
