//! TeX formulas into `MathML`; what cannot be read is shown as its source, and nothing of the source becomes markup.

mod filter;
mod fold;

use comrak::nodes::NodeMath;
use pulldown_latex::{
    Event, Parser, RenderConfig, Storage,
    config::DisplayMode,
    event::{Content, Dimension, DimensionUnit},
};

pub use fold::{brackets_are_sane, fold};

use crate::escape;

/// Longest formula that is typeset, in bytes; a longer one is shown as its source.
const LONGEST: usize = 8 * 1024;

/// Deepest nesting of groups and environments that is typeset.
const DEEPEST: usize = 40;

/// Most commands that may follow each other with nothing between them.
const COMMANDS_IN_A_ROW: usize = 80;

/// Commands that define others: a few of them can grow a short formula without end.
const DEFINING: [&str; 8] =
    ["\\def", "\\edef", "\\gdef", "\\xdef", "\\let", "\\futurelet", "\\newcommand", "\\renewcommand"];

/// Writes a formula, or its source where it is no readable TeX, or plain text where it is a price and no formula.
pub fn inline(out: &mut String, math: &NodeMath) {
    if is_price(math) {
        out.push('$');
        escape::push(out, &math.literal);
        out.push('$');
        return;
    }
    match typeset(&math.literal, math.display_math) {
        Some(mathml) if math.display_math => {
            out.push_str("<span class=\"maths\" tabindex=\"0\">");
            out.push_str(&mathml);
            out.push_str("</span>");
        }
        Some(mathml) => out.push_str(&mathml),
        None => {
            out.push_str("<code class=\"maths\">");
            escape::push(out, math.literal.trim());
            out.push_str("</code>");
        }
    }
}

/// "$5 for one, 8$ for two" has two dollars and no formula: an amount, then words.
pub fn is_price(math: &NodeMath) -> bool {
    let literal = math.literal.as_str();
    let amount = literal.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(literal.len());
    let rest = literal.get(amount..).unwrap_or_default();
    let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).count();
    !math.display_math && amount > 0 && words > 0 && !rest.contains(['\\', '=', '^', '_', '{'])
}

fn typeset(tex: &str, display: bool) -> Option<String> {
    if !is_readable(tex) {
        return None;
    }
    let storage = Storage::new();
    let events: Vec<Event<'_>> =
        Parser::new(tex, &storage).map(|event| event.map(mended)).collect::<Result<_, _>>().ok()?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let mut mathml = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    pulldown_latex::push_mathml(
        &mut mathml,
        events,
        RenderConfig { display_mode, ..RenderConfig::default() },
    )
    .ok()?;
    filter::clean(&mathml)
}

/// Two events that the writer would put down wrongly: a tie as the name of its entity, a space without a width.
fn mended(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Content(Content::Text("&nbsp;")) => Event::Content(Content::Text("\u{a0}")),
        Event::Space { width: None, height, depth } => {
            Event::Space { width: Some(Dimension::new(0.0, DimensionUnit::Em)), height, depth }
        }
        other => other,
    }
}

/// Whether the reader of TeX may have it: it and its writer go one frame deeper for each group and each command that
/// takes the next one as its argument.
fn is_readable(tex: &str) -> bool {
    tex.len() <= LONGEST
        && !DEFINING.iter().any(|command| tex.contains(command))
        && nesting(tex) <= DEEPEST
        && commands_in_a_row(tex) <= COMMANDS_IN_A_ROW
}

fn nesting(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, byte) in tex.bytes().enumerate() {
        let rest = tex.get(at..).unwrap_or_default();
        if byte == b'{' || rest.starts_with("\\begin") || rest.starts_with("\\left") {
            depth += 1;
        } else if byte == b'}' || rest.starts_with("\\end") || rest.starts_with("\\right") {
            depth = depth.saturating_sub(1);
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn commands_in_a_row(tex: &str) -> usize {
    let (mut row, mut longest) = (0_usize, 0);
    for piece in tex.split('\\').skip(1) {
        row += 1;
        longest = longest.max(row);
        let name = piece.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        if !name.trim_start().is_empty() {
            row = 0;
        }
    }
    longest
}
