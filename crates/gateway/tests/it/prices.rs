//! Prices that stand beside the list: new-api's ratios and groups, LiteLLM's costs; silence where nothing is published.

use gateway::{Family, ListedModel, ModelList};

use crate::server::{Server, client, json, not_found};

const LIST: &[&str] = &["by-token", "by-call", "grouped", "for-vip", "depends", "unknown", "open/router"];

/// What is known of each model after `family` was asked, by name.
async fn ask(family: &str, answers: &[(&'static str, &'static str)]) -> (Vec<ListedModel>, Vec<String>) {
    let answers = answers.to_vec();
    let server = Server::start(move |path| {
        answers.iter().find(|(at, _)| *at == path).map_or_else(not_found, |(_, body)| json(body))
    })
    .await;
    let models = LIST.iter().map(|id| ListedModel { id: (*id).into(), ..ListedModel::default() }).collect();
    let mut list = ModelList { models, ..ModelList::default() };
    client().prices(&server.endpoint(), &Family::new(family), &mut list).await;
    (list.models, server.paths())
}

fn of(models: &[ListedModel], id: &str) -> (Option<f64>, Option<f64>, Option<f64>) {
    let model = models.iter().find(|model| model.id == id).unwrap();
    (model.price_in, model.price_out, model.price_call)
}

const PRICING: &str = r#"{"success":true,"data":[
  {"model_name":"by-token","quota_type":0,"model_ratio":0.075,"completion_ratio":4,"model_price":0,"enable_groups":["default","vip"]},
  {"model_name":"by-call","quota_type":1,"model_ratio":0,"completion_ratio":0,"model_price":0.1,"enable_groups":["default"]},
  {"model_name":"grouped","quota_type":0,"model_ratio":"1","completion_ratio":3,"enable_groups":["cheap","dear","hidden"]},
  {"model_name":"for-vip","quota_type":1,"model_price":1,"enable_groups":["hidden"]},
  {"model_name":"depends","quota_type":0,"model_ratio":1,"completion_ratio":1,"billing_mode":"tiered_expr","billing_expr":"p * 2"},
  {"model_name":"not-listed","quota_type":0,"model_ratio":1,"completion_ratio":1},
  {"model_ratio":1},null,7
],"group_ratio":{"default":2,"vip":1,"cheap":0.5,"dear":3,"hidden":0.1},"usable_group":{"default":"","vip":"","cheap":"","dear":""},
"vendors":[],"auto_groups":[]}"#;

#[tokio::test]
async fn ratios_become_dollars_with_the_factor_of_the_group() {
    let (models, paths) = ask("new-api", &[("/api/pricing", PRICING)]).await;
    assert_eq!(
        of(&models, "by-token"),
        (Some(0.3), Some(1.2), None),
        "0.075 x 2 dollars x the default group's 2"
    );
    assert_eq!(of(&models, "by-call"), (None, None, Some(0.2)), "0.1 a call x 2");
    assert_eq!(of(&models, "grouped"), (Some(1.0), Some(3.0), None), "the cheapest group that may use it");
    assert_eq!(
        of(&models, "for-vip"),
        (None, None, Some(1.0)),
        "a group that nobody may choose counts for nothing"
    );
    assert_eq!(
        of(&models, "depends"),
        (None, None, None),
        "a price that depends on the request is not published"
    );
    assert_eq!(of(&models, "unknown"), (None, None, None), "nothing is guessed");
    assert_eq!(paths.len(), 1, "one question is enough: {paths:?}");
}

#[tokio::test]
async fn bare_ratios_are_read_where_there_is_no_list_of_prices() {
    let ratios = r#"{"success":true,"data":{"model_ratio":{"by-token":0.25,"grouped":1},"completion_ratio":{"by-token":3},
        "model_price":{"by-call":0.04}}}"#;
    let (models, paths) = ask("new-api", &[("/api/ratio_config", ratios)]).await;
    assert_eq!(of(&models, "by-token"), (Some(0.5), Some(1.5), None));
    assert_eq!(of(&models, "grouped"), (Some(2.0), None, None), "what answers cost is not told");
    assert_eq!(of(&models, "by-call"), (None, None, Some(0.04)));
    assert!(paths[0].starts_with("GET /api/pricing "), "the better list is asked for first: {paths:?}");
}

#[tokio::test]
async fn costs_per_token_are_read_at_litellm() {
    let info = r#"{"data":[
      {"model_name":"by-token","model_info":{"input_cost_per_token":2.5e-7,"output_cost_per_token":"0.00000125","mode":"chat"}},
      {"model_name":"depends","model_info":{"input_cost_per_token":null,"output_cost_per_token":null}}]}"#;
    for path in ["/v1/model/info", "/model/info"] {
        let (models, _) = ask("litellm", &[(path, info)]).await;
        assert_eq!(of(&models, "by-token"), (Some(0.25), Some(1.25), None), "at {path}");
        assert_eq!(of(&models, "depends"), (None, None, None), "nothing known is not free");
    }
}

#[tokio::test]
async fn who_publishes_nothing_is_not_even_asked() {
    for family in ["", "one-api", "openrouter", "modelbox", "arcee", "deepseek", "ollama"] {
        let (models, paths) = ask(family, &[("/api/pricing", PRICING)]).await;
        assert!(paths.is_empty(), "{family:?} has no such page: {paths:?}");
        assert_eq!(of(&models, "by-token"), (None, None, None));
    }
}

#[tokio::test]
async fn nonsense_leaves_prices_unknown() {
    for body in [
        "{}",
        "[]",
        "null",
        r#"{"data":"x","group_ratio":[]}"#,
        r#"{"data":[{"model_name":"by-token","model_ratio":-1}]}"#,
    ] {
        let (models, _) = ask("new-api", &[("/api/pricing", body)]).await;
        assert_eq!(of(&models, "by-token"), (None, None, None), "{body}");
    }
}
