//! How much work one look at a value may be. A small schema can ask for the same thing a billion times over by pointing
//! at itself twice at each of thirty levels; such a one is refused before it is ever used.

use std::collections::HashMap;

use serde_json::Value;

/// Rules for one and the same value that are applied at most.
const MOST_RULES: u64 = 20_000;

/// Keywords whose parts are applied to the same value as the schema that holds them.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];
const SINGLES: &[&str] = &["not", "if", "then", "else"];
const NAMED: &[&str] = &["dependentSchemas", "dependencies"];

/// True when looking at one value takes more rules than anybody would write.
pub(crate) fn is_too_involved(schema: &Value) -> bool {
    let mut count = Count { root: schema, known: HashMap::new(), open: Vec::new() };
    let mut every = vec![schema];
    while let Some(part) = every.pop() {
        if count.rules(part) > MOST_RULES {
            return true;
        }
        match part {
            Value::Object(parts) => every.extend(parts.values()),
            Value::Array(parts) => every.extend(parts),
            _ => {}
        }
    }
    false
}

struct Count<'a> {
    root: &'a Value,
    /// What each schema takes, by where it lies in memory.
    known: HashMap<*const Value, u64>,
    /// Schemas being counted: one that comes back to itself is not applied again.
    open: Vec<*const Value>,
}

impl<'a> Count<'a> {
    /// How many rules are applied to a value that is held against `schema`.
    fn rules(&mut self, schema: &'a Value) -> u64 {
        let place: *const Value = schema;
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        if self.open.contains(&place) {
            return 0;
        }
        self.open.push(place);
        let mut sum = 1_u64;
        for part in self.parts(schema) {
            sum = sum.saturating_add(self.rules(part));
        }
        self.open.pop();
        self.known.insert(place, sum);
        sum
    }

    fn parts(&self, schema: &'a Value) -> Vec<&'a Value> {
        let lists = LISTS.iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
        let singles = SINGLES.iter().filter_map(|key| schema.get(key));
        let named =
            NAMED.iter().filter_map(|key| schema.get(key)?.as_object()).flat_map(serde_json::Map::values);
        let pointed = schema.get("$ref").and_then(Value::as_str).and_then(|address| self.pointed(address));
        lists.chain(singles).chain(named).chain(pointed).collect()
    }

    fn pointed(&self, address: &str) -> Option<&'a Value> {
        self.root.pointer(address.strip_prefix('#')?)
    }
}
