//! Any answer and any schema: nothing here may panic, make text up or lose a row.

use data::{Schema, Table, children, csv, find};
use proptest::prelude::*;
use serde_json::{Value, json};

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z=+\"',\n河{}]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-d\"=]{1,3}", inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().collect::<Value>()),
        ]
    })
}

/// JSON that uses the words of schemas in the right and the wrong places.
fn schemas() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!("string")),
        Just(json!("number")),
        Just(json!("#")),
        Just(json!("#/$defs/a")),
        Just(json!(true)),
        Just(json!(3)),
    ];
    let key = prop::sample::select(vec![
        "type",
        "properties",
        "items",
        "$ref",
        "$defs",
        "a",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "required",
        "enum",
        "minimum",
        "additionalProperties",
        "$dynamicRef",
        "dependentSchemas",
    ]);
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..5)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

/// A reader of its own, as simple as it gets: how many lines and cells a spreadsheet sees.
fn cells(text: &str) -> Vec<usize> {
    let (mut lines, mut line, mut quoted) = (Vec::new(), 1, false);
    for letter in text.replace("\r\n", "\r").chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => line += 1,
            '\r' if !quoted => lines.push(std::mem::replace(&mut line, 1)),
            _ => {}
        }
    }
    lines
}

proptest! {
    #[test]
    fn any_answer_is_looked_through(answer in "(```json\n|```|~~~|[\\[\\]{}\":,a1 \n河]){0,24}") {
        if let Ok(found) = find(&answer) {
            prop_assert!(answer.contains(found.source), "what is found stands in the answer");
        }
    }

    #[test]
    fn what_is_written_is_found(value in values(), around in "[a-z \n]{0,9}") {
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(&find(&pretty).unwrap().value, &serde_json::from_str::<Value>(&pretty).unwrap());
        if value.is_object() || value.is_array() {
            let fenced = format!("{around}\n```json\n{pretty}\n```\n{around}");
            prop_assert_eq!(find(&fenced).unwrap().source, pretty.trim());
        }
    }

    #[test]
    fn any_value_is_laid_out(value in values()) {
        children(&value, &vec![], 0, 100);
        if let Some(table) = Table::of(&value) {
            let rows = table.rows(&value, 0, usize::MAX);
            prop_assert_eq!(rows.len(), table.rows, "no row is lost");
            let wide = if table.pairs { 2 } else { table.columns.len() };
            prop_assert!(rows.iter().all(|row| row.len() == wide), "every row has all columns");
            let lines = cells(&csv(&table, &value).text);
            prop_assert!(lines.iter().all(|line| *line == wide), "{:?} cells in each line, not {}", lines, wide);
            let head = usize::from(!table.pairs && table.columns.iter().any(|column| !column.name.is_empty()));
            prop_assert_eq!(lines.len(), table.rows + head, "no line is lost");
        }
    }

    #[test]
    fn any_schema_is_taken_or_refused(schema in schemas(), value in values()) {
        if let Ok(schema) = Schema::read(&schema.to_string()) {
            prop_assert!(schema.breaks(&value, 20).len() <= 20);
        }
    }
}
