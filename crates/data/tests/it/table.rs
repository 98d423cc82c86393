//! Tables and CSV.

use data::{Sheet, Step, Table, csv};
use serde_json::{Value, json};

fn table(value: &Value) -> Table {
    Table::of(value).unwrap_or_else(|| panic!("{value} makes a table"))
}

fn names(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|column| column.name.as_str()).collect()
}

fn sheet(value: &Value) -> Sheet {
    csv(&table(value), value)
}

#[test]
fn objects_in_a_list_are_rows_and_their_names_columns() {
    let value = json!([{"name": "Loire", "km": 1006}, {"km": 777, "sea": true, "name": "塞纳河"}]);
    let table = table(&value);
    assert_eq!(names(&table), ["name", "km", "sea"], "in the order in which they appear");
    assert_eq!((table.rows, table.pairs), (2, false));
    let numeric: Vec<bool> = table.columns.iter().map(|column| column.numeric).collect();
    assert_eq!(numeric, [false, true, false], "numbers stand at the end of their cells");
    assert_eq!(table.columns[0].width, 6, "three wide letters are as wide as six");
    let rows = table.rows(&value, 0, 9);
    assert_eq!(rows[0], [Some("Loire".into()), Some("1006".into()), None], "no sea is no text");
    assert_eq!(rows[1], [Some("塞纳河".into()), Some("777".into()), Some("true".into())]);
    assert!(table.is_flat(&value));
}

#[test]
fn a_list_that_is_all_an_object_holds_is_the_table() {
    let value = json!({"rivers": [{"name": "Loire"}, {"name": "Seine"}]});
    let table = table(&value);
    assert_eq!(table.at, [Step::Name("rivers".into())]);
    assert_eq!(names(&table), ["name"]);
    assert_eq!(table.rows(&value, 1, 9), [[Some("Seine".into())]]);
}

#[test]
fn an_object_is_names_beside_values() {
    let value = json!({"name": "Loire", "seas": ["Atlantic", "Channel"], "source": {"at": "Gerbier"}});
    let table = table(&value);
    assert!(table.pairs && table.rows == 3);
    let rows = table.rows(&value, 0, 9);
    assert_eq!(rows[1], [Some("seas".into()), Some("Atlantic, Channel".into())], "a list reads as one");
    assert_eq!(rows[2][1].as_deref(), Some("{\"at\":\"Gerbier\"}"));
    assert!(!table.is_flat(&value), "a tree shows its parts better");
}

#[test]
fn what_makes_no_table() {
    for value in [json!(1), json!([]), json!({}), json!([[1], [2]]), json!([{"a": 1}, 2]), json!([{}])] {
        assert_eq!(Table::of(&value), None, "{value} is no table");
    }
    let wide: serde_json::Map<String, Value> = (0..61).map(|at| (at.to_string(), json!(1))).collect();
    assert_eq!(Table::of(&json!([wide])), None, "61 columns are read better as a tree");
    assert_eq!(names(&table(&json!(["a", "b"]))), [""], "single values are one column");
}

#[test]
fn ten_thousand_rows_come_a_page_at_a_time() {
    let rows: Vec<Value> = (0..10_000).map(|at| json!({"at": at, "name": format!("row {at}")})).collect();
    let value = Value::from(rows);
    let page = table(&value).rows(&value, 9_990, 200);
    assert_eq!(page.len(), 10);
    assert_eq!(page[9][1].as_deref(), Some("row 9999"));
}

#[test]
fn csv_quotes_what_needs_it_and_shortens_nothing() {
    let long = "x".repeat(10_000);
    let value = json!([
        {"a, b": "plain", "c\"d": "one\ntwo"},
        {"a, b": "with \"quotes\"", "c\"d": long},
        {"a, b": null, "c\"d": ["x", 1]},
    ]);
    let expected = format!(
        "\"a, b\",\"c\"\"d\"\r\nplain,\"one\ntwo\"\r\n\"with \"\"quotes\"\"\",{long}\r\n,\"[\"\"x\"\",1]\"\r\n"
    );
    assert_eq!(sheet(&value), Sheet { text: expected, marked: 0 });
}

#[test]
fn csv_runs_nothing() {
    let value = json!([
        {"name": "=HYPERLINK(\"http://evil\")", "sum": -5},
        {"name": "+1 234", "sum": 2},
        {"name": "-minus", "sum": "@SUM(A1)"},
        {"name": "\tTab", "sum": "a=b"},
    ]);
    let sheet = sheet(&value);
    assert_eq!(sheet.marked, 5, "each is told: {}", sheet.text);
    for safe in ["'=HYPERLINK", "'+1 234", "'-minus", "'@SUM(A1)", "'\tTab"] {
        assert!(sheet.text.contains(safe), "{safe} is text in {}", sheet.text);
    }
    assert!(sheet.text.contains(",-5\r\n"), "a number stays a number");
    assert!(sheet.text.contains(",a=b\r\n"), "what begins harmlessly stays as it is");
}

#[test]
fn csv_of_pairs_and_of_single_values() {
    assert_eq!(sheet(&json!({"name": "Loire", "km": 1006})).text, "name,Loire\r\nkm,1006\r\n");
    assert_eq!(sheet(&json!(["a", "b"])).text, "a\r\nb\r\n");
    assert_eq!(sheet(&json!(["", "b"])).text, "\"\"\r\nb\r\n", "an empty line would be no row");
}
