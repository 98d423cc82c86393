//! Made-up markdown in English and Chinese: paragraphs, lists, code, tables, mathematics, and now and then
//! something very long. Says nothing worth reading.

use fastrand::Rng;

const MODELS: &[&str] = &["aurora-large", "aurora-mini", "harbour-2", "thinker-pro"];

const ENGLISH: &[&str] = &[
    "The harbour was quiet before the first boats came in.",
    "A queue that never fills is a queue nobody needed.",
    "Measure it twice, and write down what you expected before you look.",
    "Most of the time goes into the part that nobody draws on the board.",
    "Bread wants patience more than it wants yeast.",
    "If the cache is cold, the first request pays for everyone who follows.",
    "The old map shows a river where the railway runs today.",
    "Names are the cheapest documentation there is, and the first to rot.",
    "Two lamps are enough for a room this size.",
    "The **second** answer is usually the shorter one, and `retry` hides the first.",
    "She kept the letters in a tin that had once held tea.",
    "Every index makes one question fast and every write a little slower.",
];

const CHINESE: &[&str] = &[
    "清晨的港口很安静，第一批渔船还没有回来。",
    "先写下你的预期，再去看测量的结果。",
    "做面包需要耐心，胜过需要酵母。",
    "缓存是冷的时候，第一个请求替后面所有的请求付了账。",
    "旧地图上有一条河，如今那里是铁路。",
    "好的名字是最便宜的文档，也最容易过时。",
    "她把信放在一个从前装茶叶的铁盒里。",
    "每个索引让一种查询变快，也让每次写入慢一点。",
    "**第二个**答案往往更短，也更清楚。",
    "这个房间有两盏灯就够了。",
];

const ENGLISH_TITLES: &[&str] = &[
    "Bread for the weekend",
    "Why the cache is cold",
    "An old map of the harbour",
    "Naming things",
    "Letters in a tin",
    "Slow writes after an index",
    "Lamps for a small room",
    "Measuring twice",
];

const CHINESE_TITLES: &[&str] = &[
    "周末做面包",
    "缓存为什么是冷的",
    "港口的旧地图",
    "怎样起名字",
    "铁盒里的信",
    "索引与写入",
    "小房间的灯",
    "测量两次",
];

const CODE: &[&str] = &[
    "```rust\nfn mean(values: &[f64]) -> Option<f64> {\n    let count = values.len();\n    (count > 0).then(|| values.iter().sum::<f64>() / count as f64)\n}\n```",
    "```python\ndef window(items, size):\n    for start in range(0, len(items), size):\n        yield items[start:start + size]\n```",
    "```sql\nSELECT harbour, count(*) AS boats\nFROM arrival\nWHERE day >= :since\nGROUP BY harbour\nORDER BY boats DESC;\n```",
    "```ts\nexport function clamp(value: number, low: number, high: number): number {\n  return Math.min(high, Math.max(low, value));\n}\n```",
];

/// The name of a model.
pub(super) fn model(dice: &mut Rng) -> &'static str {
    pick(dice, MODELS)
}

/// A title.
pub(super) fn title(dice: &mut Rng, chinese: bool) -> String {
    let number = dice.u16(1..1_000);
    let title = pick(dice, if chinese { CHINESE_TITLES } else { ENGLISH_TITLES });
    format!("{title} {number}")
}

/// What a person might ask: mostly a sentence or two, rarely a page pasted in.
pub(super) fn question(dice: &mut Rng, chinese: bool) -> String {
    let sentences = if dice.u8(..50) == 0 { dice.usize(20..80) } else { dice.usize(1..4) };
    paragraph(dice, chinese, sentences)
}

/// What a model might answer: mostly a few blocks, rarely very many.
pub(super) fn answer(dice: &mut Rng, chinese: bool) -> String {
    let blocks = if dice.u8(..100) == 0 { dice.usize(20..60) } else { dice.usize(1..6) };
    let blocks: Vec<String> = (0..blocks).map(|_| block(dice, chinese)).collect();
    blocks.join("\n\n")
}

fn block(dice: &mut Rng, chinese: bool) -> String {
    match dice.u8(..12) {
        0 => format!("## {}", title(dice, chinese)),
        1 | 2 => list(dice, chinese),
        3 => pick(dice, CODE).into(),
        4 => table(dice, chinese),
        5 => format!("$$\\sum_{{k=1}}^{{{}}} k^2 = \\frac{{n(n+1)(2n+1)}}{{6}}$$", dice.u8(2..90)),
        _ => {
            let sentences = dice.usize(2..7);
            paragraph(dice, chinese, sentences)
        }
    }
}

fn paragraph(dice: &mut Rng, chinese: bool, sentences: usize) -> String {
    let (from, between) = if chinese { (CHINESE, "") } else { (ENGLISH, " ") };
    let sentences: Vec<&str> = (0..sentences).map(|_| pick(dice, from)).collect();
    sentences.join(between)
}

fn list(dice: &mut Rng, chinese: bool) -> String {
    let lines: Vec<String> =
        (0..dice.usize(2..7)).map(|_| format!("- {}", paragraph(dice, chinese, 1))).collect();
    lines.join("\n")
}

fn table(dice: &mut Rng, chinese: bool) -> String {
    let head = if chinese { "| 名称 | 数量 |\n|---|---:|" } else { "| Name | Count |\n|---|---:|" };
    let rows: Vec<String> = (0..dice.usize(2..6))
        .map(|_| format!("| {} | {} |", title(dice, chinese), dice.u32(..100_000)))
        .collect();
    format!("{head}\n{}", rows.join("\n"))
}

fn pick(dice: &mut Rng, from: &[&'static str]) -> &'static str {
    from.get(dice.usize(..from.len())).copied().unwrap_or_default()
}
