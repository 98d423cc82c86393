//! Line ends, marks and cuts, byte by byte.

use demo::{Demo, Script};

use crate::client::{stream, whole};

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

#[tokio::test]
async fn line_ends_are_what_the_name_says() {
    let demo = demo().await;
    let crlf = stream(&demo, "crlf").text();
    assert!(crlf.ends_with("data: [DONE]\r\n\r\n"), "CR and LF at every end");
    assert_eq!(crlf.matches('\n').count(), crlf.matches("\r\n").count(), "no LF stands alone");
    assert_eq!(
        stream(&demo, "crlf-split").text().matches('\n').count(),
        crlf.matches('\n').count(),
        "only the cuts differ"
    );
    let cr = stream(&demo, "cr").text();
    assert!(cr.ends_with("data: [DONE]\r\r") && !cr.contains('\n'), "CR alone");
    let tight = stream(&demo, "no-blank-lines").text();
    assert!(tight.ends_with("data: [DONE]\n") && !tight.contains("\n\n"), "no line is blank");
    assert!(stream(&demo, "no-space").text().starts_with("data:{"), "no blank after the colon");
}

#[tokio::test]
async fn extras_around_the_data_are_there() {
    let demo = demo().await;
    assert!(stream(&demo, "bom").body.starts_with(b"\xef\xbb\xbfdata: {"), "the mark comes first");
    assert!(stream(&demo, "comments").text().starts_with(": keep-alive\n\ndata: {"), "comments come between");
    assert!(
        stream(&demo, "named-events").text().starts_with("event: message\nid: 7\nretry: 1000\ndata: {"),
        "all fields"
    );
    assert!(stream(&demo, "none-marker").text().ends_with("data: [none]\n\n"), "the other marker");
    let lines = stream(&demo, "multi-line-data").text();
    assert!(lines.contains("\ndata: ,\"choices\""), "one value lies on two lines");
}

#[tokio::test]
async fn wide_letters_come_through_whole_though_sent_byte_by_byte() {
    let demo = demo().await;
    assert_eq!(stream(&demo, "split-utf8").content(), "河流入海 🌊👩‍🚀 é", "nothing is lost between the bytes");
}

#[tokio::test]
async fn the_huge_line_is_one_line_of_20_mib() {
    let demo = demo().await;
    let body = stream(&demo, "huge-line").body;
    let longest = body.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap_or_default();
    assert!(longest > 20 << 20, "one line holds it all, not {longest} bytes");
}

#[tokio::test]
async fn the_firehose_sends_exactly_20000_deltas() {
    let demo = demo().await;
    let answer = stream(&demo, "firehose");
    let deltas = answer.text().matches("\"delta\":{\"content\":").count();
    assert_eq!(deltas, 20_000, "every delta arrives");
    assert!(answer.content().ends_with("That was delta 20000."), "the last one says so");
}

#[tokio::test]
async fn framing_means_nothing_to_a_whole_answer() {
    let demo = demo().await;
    for name in ["crlf", "cr", "bom", "multi-line-data", "firehose", "cut"] {
        let message = &whole(&demo, name).json()["choices"][0]["message"]["content"];
        assert!(message.as_str().is_some_and(|text| text.starts_with("The river")), "{name} answers whole");
    }
}
