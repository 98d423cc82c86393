//! The first run: fitting, honest answers in the person's language, thoughts where promised, and short titles.

use demo::{Demo, Script};
use serde_json::{Value, json};

use crate::client::{chat, get};

async fn demo() -> Demo {
    demo::start(Script::welcome()).await.expect("the demo starts")
}

/// Asked for one body, so that nobody waits for the pleasant pace.
fn say(demo: &Demo, model: &str, question: &str) -> Value {
    let ask = json!({"model": model, "messages": [{"role": "user", "content": question}]});
    chat(demo, &ask).json()["choices"][0]["message"].clone()
}

fn text(demo: &Demo, question: &str) -> String {
    say(demo, "demo", question)["content"].as_str().expect("there is text").to_owned()
}

#[tokio::test]
async fn the_list_has_friendly_models() {
    let list = get(&demo().await, "/v1/models").json();
    let names: Vec<&str> =
        list["data"].as_array().expect("a list").iter().filter_map(|model| model["name"].as_str()).collect();
    let expected = [
        "Demo",
        "Demo, thinks first",
        "Demo, short answers",
        "Demo, continues texts",
        "Demo, DALL·E 3",
        "Demo, GPT Image",
        "Demo, reads aloud",
        "Demo, reads aloud as told",
        "Demo, writes down what is said",
        "Demo, also tells who speaks",
    ];
    assert_eq!(names, expected, "with labels a person can read");
}

#[tokio::test]
async fn answers_fit_the_question() {
    let demo = demo().await;
    for (question, part) in [
        ("Can you write some Python code?", "```python"),
        ("What should I cook for dinner?", "Lemon pasta"),
        ("Plan a weekend trip", "- [x] choose the days"),
        ("Compare trains and cars", "| Bicycle |"),
        ("hello!", "Hello, and welcome"),
        ("what can you do?", "Medley brings"),
        ("写一段代码", "```python"),
        ("今晚吃什么？", "番茄炒蛋"),
        ("你好", "欢迎"),
    ] {
        assert!(text(&demo, question).contains(part), "{question:?} is answered with {part:?}");
    }
}

#[tokio::test]
async fn anything_else_is_quoted_and_shown_what_medley_can_do() {
    let demo = demo().await;
    let english = text(&demo, "Is the moon lonely?");
    assert!(
        english.contains("**“Is the moon lonely?”**") && english.contains("| When you want to |"),
        "{english}"
    );
    let chinese = text(&demo, "月亮会孤单吗？");
    assert!(chinese.contains("**“月亮会孤单吗？”**") && chinese.contains("演示"), "{chinese}");
}

#[tokio::test]
async fn every_answer_says_that_it_is_a_demonstration() {
    let demo = demo().await;
    for model in ["demo", "demo-thinker", "demo-quick"] {
        let english = say(&demo, model, "Is the moon lonely?")["content"].to_string();
        assert!(english.contains("nothing was sent anywhere"), "{model} is honest in English");
        let chinese = say(&demo, model, "月亮会孤单吗？")["content"].to_string();
        assert!(chinese.contains("没有发送到任何地方"), "{model} is honest in Chinese");
    }
}

#[tokio::test]
async fn the_thinker_thinks_first_and_the_stream_carries_the_same_words() {
    let demo = demo().await;
    assert!(say(&demo, "demo-thinker", "Is the moon lonely?")["reasoning_content"].is_string(), "it thinks");
    assert_eq!(
        say(&demo, "demo", "Is the moon lonely?").get("reasoning_content"),
        None,
        "the writer does not"
    );
    let ask = json!({"model": "demo-quick", "stream": true, "messages": [{"role": "user", "content": "A poet, please"}]});
    let whole = say(&demo, "demo-quick", "A poet, please");
    assert_eq!(chat(&demo, &ask).content(), whole["content"], "streamed or whole, it says the same");
}

#[tokio::test]
async fn titles_are_short_and_in_the_right_language() {
    let demo = demo().await;
    let answered = |messages: Value| -> String {
        let ask = json!({"model": "demo", "messages": messages});
        chat(&demo, &ask).json()["choices"][0]["message"]["content"].as_str().expect("a title").to_owned()
    };
    let wish = "Give this conversation a short title.";
    let title = |question: &str| -> String {
        let apart =
            answered(json!([{"role": "system", "content": wish}, {"role": "user", "content": question}]));
        let talk = format!("{wish}\n\n{question}\n\nAn answer about cooking, code and travel.");
        let together = answered(json!([{"role": "user", "content": talk}]));
        assert_eq!(apart, together, "wherever the wish stands, the question is what counts");
        together
    };
    assert_eq!(title("What should I cook for dinner?"), "Dinner tonight", "the topic's title");
    assert_eq!(title("今晚吃什么？"), "今晚吃什么", "in Chinese too");
    assert_eq!(title("Is the moon lonely?"), "Is the moon lonely?", "else the person's own words");
    let long = title("Is the moon lonely when the sun has gone down and nobody looks up?");
    assert!(long.chars().count() <= 41 && long.ends_with('…'), "cut where it is long: {long}");
}

#[tokio::test]
async fn an_unknown_model_is_refused() {
    let demo = demo().await;
    let answer = chat(&demo, &json!({"model": "plain", "messages": []}));
    assert_eq!(
        (answer.status, answer.json()["error"]["code"].clone()),
        (404, json!("model_not_found")),
        "no scenarios here"
    );
}
