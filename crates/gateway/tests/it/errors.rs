//! Bodies and statuses that no sample covers: every shape an error may have, and what bare statuses mean.

use gateway::{Client, Error, Failure, Reading};

use crate::heard::question;
use crate::server::{Server, client};

async fn refused(client: &Client, status: u16, body: &str) -> Failure {
    let server = Server::always(&format!("HTTP/1.1 {status} X\n\n{body}")).await;
    match client.chat(&server.endpoint(), &question()).await {
        Err(Error::Refused(failure)) => *failure,
        other => panic!("{status} {body:?} must be a refusal, not {other:?}"),
    }
}

#[tokio::test]
async fn every_shape_of_body_gives_its_words() {
    let table = [
        (r#"{"error":"words"}"#, "", "words"),
        (r#"{"error":"a_code","message":"words"}"#, "a_code", "words"),
        (r#"{"error":{"message":"words","type":"None","code":null}}"#, "", "words"),
        (r#"{"error":{"message":"words","type":"t","code":418}}"#, "t", "words"),
        (r#"{"error":{"message":"words","type":"t","code":7}}"#, "7", "words"),
        (r#"{"detail":{"error":"words"}}"#, "", "words"),
        (r#"{"code":4,"description":"words","type":"upstream_error"}"#, "4", "words"),
        (r#"{"success":false,"message":"words"}"#, "", "words"),
        (r#"{"code":20015,"message":"words"}"#, "20015", "words"),
        (r#"{"status":"failure","message":"words"}"#, "", "words"),
        (r#"{"msg":"words"}"#, "", "words"),
        (r#"{"err":"words"}"#, "", "words"),
        (r#"{"error_msg":"words"}"#, "", "words"),
        (r#"{"errors":{"message":"words"}}"#, "", "words"),
        (r#"{"header":{"message":"words"}}"#, "", "words"),
        (r#"{"response":{"error":{"message":"words"}}}"#, "", "words"),
        (r#""words""#, "", "words"),
        ("  words\n", "", "words"),
        ("{}", "", ""),
        ("null", "", ""),
        ("", "", ""),
    ];
    let client = client();
    for (body, code, words) in table {
        let failure = refused(&client, 418, body).await;
        let found = (failure.server_code.as_str(), failure.message.as_str());
        assert_eq!(found, (code, words), "code and words of {body:?}");
    }
}

#[tokio::test]
async fn bare_statuses_have_a_meaning() {
    let table = [
        (400, Reading::Other),
        (401, Reading::KeyRejected),
        (402, Reading::BalanceEmpty),
        (403, Reading::Forbidden),
        (404, Reading::AddressWrong),
        (405, Reading::AddressWrong),
        (408, Reading::UpstreamSlow),
        (409, Reading::Busy),
        (413, Reading::TooLarge),
        (415, Reading::Other),
        (422, Reading::FieldRefused),
        (429, Reading::RateLimited),
        (451, Reading::RegionDenied),
        (500, Reading::ServerFault),
        (501, Reading::NotOffered),
        (502, Reading::UpstreamSlow),
        (503, Reading::Busy),
        (504, Reading::UpstreamSlow),
        (524, Reading::UpstreamSlow),
        (529, Reading::Busy),
    ];
    let client = client();
    for (status, reading) in table {
        assert_eq!(refused(&client, status, "").await.reading, reading, "what a bare {status} means");
    }
}

#[tokio::test]
async fn words_tell_where_codes_do_not() {
    let table = [
        (429, "You have used up your credit", Reading::BalanceEmpty),
        (429, "Too many requests, slow down", Reading::RateLimited),
        (403, "用户余额不足", Reading::BalanceEmpty),
        (403, "You do not have access to this model", Reading::ModelDenied),
        (403, "You have insufficient permissions", Reading::Forbidden),
        (401, "该令牌已过期", Reading::KeyRejected),
        (401, "未提供令牌", Reading::KeyMissing),
        (404, "The model `x` does not exist", Reading::ModelUnknown),
        (404, "Invalid URL (POST /chat/completions)", Reading::AddressWrong),
        (400, "This model's maximum context length is 8192 tokens", Reading::ContextTooLong),
        (400, "Unrecognized request argument supplied: stream_options", Reading::FieldRefused),
        (400, "Model Not Exist", Reading::ModelUnknown),
        (500, "无可用渠道", Reading::NoChannel),
    ];
    let client = client();
    for (status, words, reading) in table {
        let body = serde_json::json!({"error": {"message": words}}).to_string();
        assert_eq!(refused(&client, status, &body).await.reading, reading, "what {status} {words:?} means");
    }
}

#[tokio::test]
async fn fields_are_found_in_the_words() {
    let table = [
        ("Unrecognized request argument supplied: stream_options", Some("stream_options")),
        ("'stream' is not supported", Some("stream")),
        ("Unknown parameter: stream", Some("stream")),
        ("`temperature` does not support 0.2", Some("temperature")),
        ("Use 'max_completion_tokens' instead of max_tokens", Some("max_completion_tokens")),
        ("the stream ended and the user went", None),
        ("my_temperature_field", None),
    ];
    let client = client();
    for (words, field) in table {
        let body = serde_json::json!({"error": {"message": words}}).to_string();
        assert_eq!(refused(&client, 400, &body).await.field.as_deref(), field, "the field in {words:?}");
    }
}

#[tokio::test]
async fn long_words_are_cut() {
    let long = "早".repeat(5000);
    let failure = refused(&client(), 400, &long).await;
    assert_eq!(failure.message.chars().count(), 601, "600 characters and a mark");
}
