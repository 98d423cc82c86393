//! Answers with pictures, one for each place where they hide.

use serde_json::json;

use super::{Scenario, scenario};
use crate::{
    answer::{Answer, done, event},
    chunk,
    reply::Reply,
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("picture-markdown", markdown),
    scenario("picture-bare", bare),
    scenario("picture-html", html),
    scenario("picture-film-fence", fence),
    scenario("picture-field", field),
    scenario("picture-redirect", redirect),
    scenario("picture-liar", liar),
    scenario("picture-gone", gone),
    scenario("picture-page", page),
    scenario("picture-cut", cut),
    scenario("picture-inside", inside),
    scenario("mj-chat", midjourney),
    scenario("mj-chat-lines", lines),
    scenario("picture-json", json),
    scenario("blocked", blocked),
];

fn file(turn: &Turn, name: &str) -> String {
    format!("{}/files/{name}", turn.url)
}

fn markdown(turn: &Turn) -> Reply {
    let at = file(turn, "hills.png");
    Answer::new(format!("Here it is:\n\n![Green hills]({at})\n\n[Download]({at})")).reply(turn)
}

fn bare(turn: &Turn) -> Reply {
    Answer::new(file(turn, "hills.png")).reply(turn)
}

fn html(turn: &Turn) -> Reply {
    Answer::new(format!("<img src=\"{}\" alt=\"Green hills\">", file(turn, "hills.png"))).reply(turn)
}

/// A tag in a fence, as one relay wraps its films.
fn fence(turn: &Turn) -> Reply {
    Answer::new(format!("```html\n<img src='{}'>\n```", file(turn, "hills.png"))).reply(turn)
}

/// The field that exists for it, twice: relays repeat it.
fn field(turn: &Turn) -> Reply {
    let images = json!([{"type": "image_url", "image_url": {"url": file(turn, "hills.png")}}]);
    if !turn.streams() {
        let message = json!({"role": "assistant", "content": "Done.", "images": images});
        return Reply::json(200, &chunk::whole(turn, &message, "stop", &chunk::usage(turn, "Done.", "")));
    }
    let brought = chunk::chunk(turn, 0, &json!({"images": images}), None);
    let said = chunk::text(turn, "Done.");
    let end = chunk::closing(turn, "stop");
    Reply::events([event(&said), event(&brought), event(&brought), event(&end), done()])
}

fn redirect(turn: &Turn) -> Reply {
    picture(turn, "elsewhere.png")
}

fn liar(turn: &Turn) -> Reply {
    picture(turn, "liar.txt.png")
}

fn gone(turn: &Turn) -> Reply {
    picture(turn, "gone.png")
}

fn page(turn: &Turn) -> Reply {
    picture(turn, "page.png")
}

fn cut(turn: &Turn) -> Reply {
    picture(turn, "cut.png")
}

fn inside(turn: &Turn) -> Reply {
    picture(turn, "inside.png")
}

fn picture(turn: &Turn, name: &str) -> Reply {
    Answer::new(format!("![A picture]({})", file(turn, name))).reply(turn)
}

/// Midjourney over chat, as one relay has it: a fence that counts to 100, a picture, and follow-ups as links to a host that
/// does not exist. A follow-up is answered with one picture.
fn midjourney(turn: &Turn) -> Reply {
    let at = file(turn, "hills.png");
    if let Some(number) = turn.question().strip_prefix("/UPSCALE 17 ") {
        return Answer::new(format!("![Picture {number}]({at})")).reply(turn);
    }
    let counted: String =
        (0..=20).map(|step| step * 5).flat_map(|percent| [percent.to_string(), "\n".into()]).collect();
    let links: Vec<String> = ["UPSCALE", "VARIATION"]
        .iter()
        .flat_map(|verb| {
            (1..=4).map(move |n| format!("[{}{n}](https://nothing.invalid/{verb}-17-{n})", &verb[..1]))
        })
        .collect();
    let links = links.join(" ");
    let text = format!(
        "```progress\n{counted}```\n\n![Green hills]({at})\n\n{links} [REROLL](https://nothing.invalid/REROLL-17)"
    );
    Answer { pace: 150, ..Answer::new(text) }.reply(turn)
}

/// The same in lines of words, as others have it.
fn lines(turn: &Turn) -> Reply {
    let text = format!("> progress: 4%\n\n> progress: 46%\n\n![Green hills]({})", file(turn, "hills.png"));
    Answer { pace: 60, ..Answer::new(text) }.reply(turn)
}

/// The answer of an images API, as a string.
fn json(turn: &Turn) -> Reply {
    Answer::new(json!({"data": [{"url": file(turn, "hills.png")}]}).to_string()).reply(turn)
}

/// Nothing, and the name of a filter.
fn blocked(turn: &Turn) -> Reply {
    Answer { finish: "content_filter", ..Answer::new("") }.reply(turn)
}
