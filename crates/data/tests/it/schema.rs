//! Schemas that cannot be used, and the one reason each.

use data::{Fault, LONGEST_SCHEMA, Schema, Step};
use serde_json::{Value, json};

fn fault(schema: &str) -> Option<Fault> {
    Schema::read(schema).err()
}

fn refused(schema: &Value) -> Fault {
    fault(&schema.to_string()).unwrap_or_else(|| panic!("{schema} cannot be used"))
}

#[test]
fn a_good_schema_is_taken() {
    for schema in [
        json!({}),
        json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}),
        json!({"$schema": "http://json-schema.org/draft-07/schema#", "type": "array"}),
        json!({"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#"}}}}),
        json!({"$defs": {"a": {"type": "string"}}, "$ref": "#/$defs/a"}),
        json!({"$ref": "https://json-schema.org/draft/2020-12/schema"}),
    ] {
        assert_eq!(fault(&schema.to_string()), None, "{schema} is a schema");
    }
}

#[test]
fn what_is_no_json_says_where() {
    assert_eq!(fault("{\n  \"type\": object\n}"), Some(Fault::Broken { line: 2, column: 11 }));
    assert_eq!(fault(""), Some(Fault::Broken { line: 1, column: 1 }));
    assert_eq!(fault("[]"), Some(Fault::NoObject));
    assert_eq!(fault("true"), Some(Fault::NoObject), "services want an object");
}

#[test]
fn what_schemas_may_not_say_is_named() {
    let schema = json!({"properties": {"price": {"type": "numbr"}}});
    let at = ["properties", "price", "type"].map(|name| Step::Name(name.into())).to_vec();
    assert_eq!(refused(&schema), Fault::Wrong { at, is: "\"numbr\"".into() });
    let schema = json!({"required": "name"});
    assert_eq!(
        refused(&schema),
        Fault::Wrong { at: vec![Step::Name("required".into())], is: "\"name\"".into() }
    );
    let schema = json!({"pattern": "("});
    assert_eq!(refused(&schema), Fault::Wrong { at: vec![Step::Name("pattern".into())], is: "\"(\"".into() });
    let schema = json!({"$schema": "https://example.com/mine"});
    assert!(matches!(refused(&schema), Fault::Wrong { .. }), "rules that nobody knows");
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    for address in ["https://example.com/x.json", "http://127.0.0.1:1/x", "file:///etc/passwd", "other.json"]
    {
        let schema = json!({"properties": {"a": {"$ref": address}}});
        match refused(&schema) {
            Fault::Outside { address: told } => assert!(told.contains(address), "{told} names {address}"),
            other => panic!("{address} lies outside, not {other:?}"),
        }
    }
    let schema = json!({"$ref": "#/$defs/nothing"});
    assert_eq!(refused(&schema), Fault::Nowhere { address: "#/$defs/nothing".into() });
}

#[test]
fn a_schema_of_a_megabyte_is_refused_and_one_at_the_limit_is_not() {
    let padded = |bytes: usize| {
        let bare = json!({"type": "object", "description": ""}).to_string();
        json!({"type": "object", "description": "x".repeat(bytes - bare.len())}).to_string()
    };
    assert_eq!(fault(&padded(1 << 20)), Some(Fault::Long { most: LONGEST_SCHEMA }));
    assert_eq!(fault(&padded(LONGEST_SCHEMA + 1)), Some(Fault::Long { most: LONGEST_SCHEMA }));
    assert_eq!(fault(&padded(LONGEST_SCHEMA)), None, "so many bytes are taken");
    let many: serde_json::Map<String, Value> =
        (0..3000).map(|at| (format!("name{at}"), json!({"type": "string"}))).collect();
    let many = json!({"type": "object", "properties": many}).to_string();
    assert!(many.len() < LONGEST_SCHEMA);
    assert_eq!(fault(&many), None, "three thousand names are taken");
}

#[test]
fn depth_has_an_end() {
    let nested = |levels: usize| (0..levels).fold(json!({}), |inner, _| json!({"not": inner})).to_string();
    assert_eq!(fault(&nested(50)), None);
    for levels in [70, 120, 200, 20_000] {
        let text = "{\"not\":".repeat(levels) + "{}" + &"}".repeat(levels);
        assert!(matches!(fault(&text), Some(Fault::Deep { .. } | Fault::Long { .. })), "{levels} levels");
    }
}

#[test]
fn a_schema_that_asks_a_billion_times_is_refused_before_it_is_used() {
    let twice = |next: String| json!({"allOf": [{"$ref": next}, {"$ref": next}]});
    let mut levels: serde_json::Map<String, Value> =
        (0..30).map(|at| (format!("a{at}"), twice(format!("#/$defs/a{}", at + 1)))).collect();
    levels.insert("a30".into(), json!({"type": "object"}));
    assert_eq!(refused(&json!({"$ref": "#/$defs/a0", "$defs": levels})), Fault::Involved);
}

#[test]
fn a_schema_that_turns_in_circles_comes_to_an_end() {
    for schema in [
        json!({"$ref": "#"}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}),
        json!({"$dynamicRef": "#x", "$dynamicAnchor": "x"}),
    ] {
        if let Ok(schema) = Schema::read(&schema.to_string()) {
            schema.breaks(&json!({"a": [1, 2]}), 9);
        }
    }
}
