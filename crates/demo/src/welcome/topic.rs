//! What the demo can talk about: key words, titles and the answers written beforehand. Texts only, no behaviour but matching.

/// One thing a person may ask about.
pub(super) struct Topic {
    /// Divided by bars.
    keywords: &'static str,
    pub(super) en: Words,
    pub(super) zh: Words,
}

/// A topic in one language.
pub(super) struct Words {
    pub(super) title: &'static str,
    /// Markdown; `{question}` stands for the person's own words.
    pub(super) answer: &'static str,
}

impl Topic {
    /// Whether one of the key words is in the question: as a whole word in English, anywhere in Chinese.
    pub(super) fn is_meant(&self, question: &str) -> bool {
        let letters = question.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), " ");
        let padded = format!(" {letters} ");
        self.keywords.split('|').filter(|keyword| !keyword.is_empty()).any(|keyword| {
            if keyword.is_ascii() {
                padded.contains(&format!(" {keyword} "))
            } else {
                padded.contains(keyword)
            }
        })
    }
}

macro_rules! topic {
    ($name:literal, $en:literal, $zh:literal, $keywords:literal) => {
        Topic {
            keywords: $keywords,
            en: Words { title: $en, answer: include_str!(concat!("../../answers/en/", $name, ".md")) },
            zh: Words { title: $zh, answer: include_str!(concat!("../../answers/zh/", $name, ".md")) },
        }
    };
}

/// When nothing else fits.
pub(super) const GENERAL: Topic = topic!("general", "A first question", "第一个问题", "");

/// The first that fits answers, so the narrow ones come before the wide ones.
pub(super) const TOPICS: &[Topic] = &[
    topic!(
        "medley",
        "What Medley can do",
        "Medley 能做什么",
        "medley|what can you do|who are you|what are you|你是谁|你能做什么|能做什么|会什么"
    ),
    topic!(
        "code",
        "A small program",
        "一个小程序",
        "code|python|rust|javascript|program|function|script|sql|regex|代码|编程|程序|函数|脚本"
    ),
    topic!(
        "maths",
        "A little mathematics",
        "一点数学",
        "math|maths|mathematics|equation|integral|formula|calculate|probability|数学|方程|公式|计算|概率|积分"
    ),
    topic!(
        "compare",
        "Side by side",
        "对比",
        "compare|versus|vs|difference|better|table|pros and cons|比较|对比|区别|哪个好|表格|优缺点"
    ),
    topic!(
        "cook",
        "Dinner tonight",
        "今晚吃什么",
        "recipe|cook|cooking|dinner|lunch|meal|bake|eat|soup|菜谱|做饭|做菜|晚饭|晚餐|吃什么|食谱|汤"
    ),
    topic!(
        "travel",
        "A few days away",
        "出门几天",
        "travel|trip|journey|holiday|vacation|weekend|visit|itinerary|旅行|旅游|行程|周末|假期|攻略"
    ),
    topic!(
        "letter",
        "A kind letter",
        "一封信",
        "letter|email|mail|apology|invitation|cover letter|邮件|写信|写封信|一封信|道歉|邀请|请假"
    ),
    topic!("story", "A short story", "一个小故事", "story|poem|poetry|tale|haiku|fairy tale|故事|诗|童话"),
    topic!(
        "learn",
        "Learning something new",
        "学点新东西",
        "learn|study|explain|understand|teach|how does|why|学习|解释|为什么|怎么学|教我|原理"
    ),
    topic!(
        "hello",
        "A first hello",
        "打个招呼",
        "hello|hi|hey|good morning|good evening|test|你好|您好|早上好|晚上好|测试"
    ),
];
