//! Texts that the first run continues: a few lines for any beginning, in English or Chinese, and an honest word at the end.

use crate::{answer::Answer, reply::Reply, turn::Turn, writing::Continuation};

use super::{WORD, is_chinese};

/// The model that continues texts; its name says so as real ones do.
pub(super) const WRITER: &str = "demo-writer-instruct";

const ENGLISH: &[&str] = &[
    "and the evening went on quietly. A lamp was lit in one window, then in the next, until the whole street looked like a \
     shelf of small warm boxes.",
    "but nobody had told the rain. It came down the hill like an old acquaintance, knocked at every door, and stayed \
     for tea.",
    "so she opened the drawer and took out the map. Half of it was water, and the other half had been drawn by \
     somebody in love.",
];
const CHINESE: &[&str] = &[
    "夜色慢慢安静下来。一扇窗亮了，接着又是一扇，直到整条街看上去像一排温暖的小盒子。",
    "可是没有人告诉那场雨。它像老朋友一样从山上走下来，敲遍了每一扇门，还留下来喝了杯茶。",
    "于是她拉开抽屉，拿出那张地图。一半是水，另一半像是恋爱中的人画的。",
];

/// A text continued, if this model does that.
pub(crate) fn continued(turn: &Turn) -> Option<Reply> {
    let beginning = turn.prompt();
    let continuation = Continuation::each(turn, |place, _| line(&beginning, place));
    (turn.model() == WRITER).then(|| continuation.at_pace(WORD).reply(turn))
}

/// The same, asked for in a chat.
pub(super) fn in_a_chat(turn: &Turn) -> Reply {
    Answer { pace: WORD, ..Answer::new(line(&turn.to_be_continued(), 0)) }.reply(turn)
}

fn line(beginning: &str, place: u64) -> String {
    let (lines, honesty) = if is_chinese(beginning) {
        (CHINESE, "（这是演示：文字是事先写好的。）")
    } else {
        (ENGLISH, " (This is a demonstration: these words were written beforehand.)")
    };
    let place = usize::try_from(place).unwrap_or_default() % lines.len();
    format!("{}{honesty}", lines.get(place).copied().unwrap_or_default())
}
