//! What is left on an account, per family; silence where nothing is offered.

use gateway::{Balance, Error, Family, Reading};

use crate::server::{Server, Step, client, json, not_found, response};

async fn ask(family: &str, answers: &[(&'static str, &'static str)]) -> (Option<Balance>, Vec<String>) {
    let answers = answers.to_vec();
    let server = Server::start(move |path| {
        let path = path.split('?').next().unwrap_or_default();
        answers.iter().find(|(at, _)| *at == path).map_or_else(not_found, |(_, body)| json(body))
    })
    .await;
    let balance = client().balance(&server.endpoint(), &Family::new(family)).await.unwrap();
    (balance, server.paths())
}

fn dollars(left: f64, used: Option<f64>) -> Balance {
    Balance { left: Some(left), used, currency: "USD".into(), unlimited: false }
}

#[tokio::test]
async fn each_family_tells_in_its_way() {
    let token = r#"{"code":true,"data":{"object":"token_usage","total_granted":1500000,"total_used":500000,"total_available":1000000,"unlimited_quota":false}}"#;
    assert_eq!(
        ask("new-api", &[("/api/usage/token", token)]).await.0,
        Some(dollars(2.0, Some(1.0))),
        "new-api"
    );
    let credits = r#"{"data":{"total_credits":10,"total_usage":2.5}}"#;
    assert_eq!(
        ask("openrouter", &[("/v1/credits", credits)]).await.0,
        Some(dollars(7.5, Some(2.5))),
        "credits"
    );
    let key = r#"{"data":{"label":"x","limit":5,"usage":1,"limit_remaining":4}}"#;
    assert_eq!(
        ask("openrouter", &[("/v1/key", key)]).await.0,
        Some(dollars(4.0, Some(1.0))),
        "the key's limit"
    );
    let litellm = r#"{"info":{"spend":0.5,"max_budget":2}}"#;
    assert_eq!(ask("litellm", &[("/key/info", litellm)]).await.0, Some(dollars(1.5, Some(0.5))), "LiteLLM");
    let deepseek = r#"{"is_available":true,"balance_infos":[{"currency":"CNY","total_balance":"110.00"}]}"#;
    let yuan = Balance { left: Some(110.0), used: None, currency: "CNY".into(), unlimited: false };
    assert_eq!(ask("deepseek", &[("/user/balance", deepseek)]).await.0, Some(yuan), "DeepSeek");
}

#[tokio::test]
async fn keys_without_a_limit_are_told_apart() {
    let token = r#"{"code":true,"data":{"total_used":500000,"total_available":0,"unlimited_quota":true}}"#;
    let found = ask("new-api", &[("/api/usage/token", token)]).await.0.unwrap();
    assert!(found.unlimited && found.left.is_none(), "no limit, so nothing is left or gone: {found:?}");
    let key = r#"{"data":{"limit":null,"usage":1,"limit_remaining":null}}"#;
    assert!(ask("openrouter", &[("/v1/key", key)]).await.0.unwrap().unlimited, "a key without a limit");
}

#[tokio::test]
async fn an_unknown_service_is_asked_as_one_api_is() {
    let billing: &[_] = &[
        ("/v1/dashboard/billing/subscription", r#"{"object":"billing_subscription","hard_limit_usd":20}"#),
        ("/v1/dashboard/billing/usage", r#"{"object":"list","total_usage":550}"#),
    ];
    let (found, paths) = ask("", billing).await;
    let expected = Balance { left: Some(14.5), used: Some(5.5), currency: String::new(), unlimited: false };
    assert_eq!(found, Some(expected), "hundredths are divided");
    assert!(paths[0].starts_with("GET /api/usage/token "), "the better answer is asked for first: {paths:?}");
    let unlimited: &[_] = &[("/v1/dashboard/billing/subscription", r#"{"hard_limit_usd":100000000}"#)];
    assert!(ask("one-api", unlimited).await.0.unwrap().unlimited, "one-api's mark for no limit");
}

#[tokio::test]
async fn what_is_not_offered_is_no_error() {
    for family in ["", "openrouter", "deepseek", "arcee", "modelbox", "litellm"] {
        assert_eq!(ask(family, &[]).await.0, None, "404 from {family:?}");
    }
    for family in ["ollama", "vllm", "llama.cpp", "openai"] {
        assert_eq!(ask(family, &[]).await, (None, Vec::new()), "{family} is not even asked");
    }
    let page = response("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><title>Shop</title>");
    let server = Server::start(move |_| vec![Step::Send(page.clone())]).await;
    let found = client().balance(&server.endpoint(), &Family::default()).await.unwrap();
    assert_eq!(found, None, "the web page that gateways show for any path");
    let error = r#"{"error":{"message":"no","type":"one_api_error"}}"#;
    assert_eq!(ask("", &[("/v1/dashboard/billing/subscription", error)]).await.0, None, "an error in a 200");
}

#[tokio::test]
async fn a_broken_connection_is_an_error() {
    let server = Server::start(|_| Vec::new()).await;
    let error = client().balance(&server.endpoint(), &Family::default()).await.unwrap_err();
    assert!(matches!(error, Error::Cut { .. }), "{error:?}");
}

#[tokio::test]
async fn only_openrouter_tells_a_wrong_key_here() {
    let server =
        Server::always("HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"code\":401,\"message\":\"No such key\"}}")
            .await;
    let told = client().balance(&server.endpoint(), &Family::new("openrouter")).await;
    assert!(
        matches!(&told, Err(Error::Refused(failure)) if failure.reading == Reading::KeyRejected),
        "its public list of models cannot tell, so this must: {told:?}"
    );
    let told = client().balance(&server.endpoint(), &Family::new("new-api")).await.unwrap();
    assert_eq!(told, None, "elsewhere the list has told already");
}
