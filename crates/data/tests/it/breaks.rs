//! Answers that do not fit, and what is said about each.

use data::{Break, Counted, Kind, Path, Rule, Schema, Step};
use serde_json::{Value, json};

fn breaks(schema: &Value, value: &Value) -> Vec<Break> {
    Schema::read(&schema.to_string()).unwrap_or_else(|fault| panic!("{schema}: {fault:?}")).breaks(value, 50)
}

fn path(steps: Value) -> Path {
    serde_json::from_value(steps).unwrap()
}

#[test]
fn an_answer_that_fits_breaks_nothing() {
    let schema = json!({"type": "array", "items": {"type": "object", "required": ["km"]}});
    assert_eq!(breaks(&schema, &json!([{"km": 1}])), []);
}

#[test]
fn each_break_says_where_and_what() {
    let schema = json!({
        "type": "object",
        "properties": {
            "items": {"type": "array", "minItems": 4, "uniqueItems": true, "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["name", "price"],
                "properties": {
                    "name": {"type": ["string", "null"], "minLength": 2},
                    "price": {"type": "number", "exclusiveMinimum": 0},
                    "colour": {"enum": ["red", "blue"]},
                    "code": {"pattern": "^[A-Z]+$"},
                    "size": {"multipleOf": 0.5},
                },
            }},
        },
    });
    let value = json!({"items": [
        {"name": "Chair", "price": "49"},
        {"price": 0, "legs": 4},
        {"name": "x", "price": 1, "colour": "green", "code": "a1", "size": 0.7},
    ]});
    let found = breaks(&schema, &value);
    let at = |steps: Value, rule: Rule| {
        let wanted = Break { at: path(steps.clone()), rule };
        assert!(found.contains(&wanted), "{wanted:?} is among {found:#?}");
    };
    at(json!(["items", 0, "price"]), Rule::Type { wanted: vec!["number".into()], is: Kind::Text });
    at(json!(["items", 1]), Rule::Missing { name: "name".into() });
    at(json!(["items", 1]), Rule::Unknown { names: vec!["legs".into()] });
    let limit = |of, below, limit: &str, excluded| Rule::Limit { of, below, limit: limit.into(), excluded };
    at(json!(["items", 1, "price"]), limit(Counted::Value, true, "0", true));
    at(json!(["items", 2, "name"]), limit(Counted::Letters, true, "2", false));
    let allowed = vec!["\"red\"".into(), "\"blue\"".into()];
    at(json!(["items", 2, "colour"]), Rule::Choice { allowed, is: "\"green\"".into() });
    at(json!(["items", 2, "code"]), Rule::Pattern { pattern: "^[A-Z]+$".into() });
    at(json!(["items", 2, "size"]), Rule::Multiple { of: 0.5 });
    at(json!(["items"]), limit(Counted::Entries, true, "4", false));
    assert_eq!(found.len(), 9, "and nothing else: {found:#?}");
}

#[test]
fn forms_and_the_rest_are_said_too() {
    let one_of = json!({"oneOf": [{"type": "number"}, {"minimum": 3}]});
    assert_eq!(breaks(&one_of, &json!(5))[0].rule, Rule::Forms { several: true });
    assert_eq!(
        breaks(&json!({"anyOf": [{"type": "number"}]}), &json!("a"))[0].rule,
        Rule::Forms { several: false }
    );
    assert_eq!(breaks(&json!({"uniqueItems": true}), &json!([1, 1]))[0].rule, Rule::Repeated);
    assert_eq!(breaks(&json!({"not": {}}), &json!(1))[0].rule, Rule::Other { keyword: "not".into() });
    assert_eq!(
        breaks(&json!({"type": ["integer", "null"]}), &json!(1.5))[0].rule,
        Rule::Type { wanted: vec!["null".into(), "integer".into()], is: Kind::Number },
        "which types would do"
    );
}

#[test]
fn ten_thousand_breaks_are_not_all_told() {
    let schema = Schema::read(&json!({"items": {"type": "number"}}).to_string()).unwrap();
    let value = Value::from(vec!["text"; 10_000]);
    assert_eq!(schema.breaks(&value, 20).len(), 20);
    assert_eq!(schema.breaks(&value, 20)[19].at, [Step::Place(19)], "the first ones");
}

#[test]
fn a_pattern_that_would_take_for_ever_does_not() {
    let schema = json!({"pattern": "^(a+)+$"});
    let value = json!(format!("{}!", "a".repeat(5_000)));
    assert_eq!(breaks(&schema, &value).len(), 1);
    let looking_ahead = json!({"pattern": "^(?=(a+)+b)(a+)+$"});
    breaks(&looking_ahead, &value);
}
