//! The built-in calculator. Whatever it is given, it is bounded in time, memory and depth; it remembers nothing, throws
//! no dice and asks nobody for exchange rates.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fend_core::{Context, Interrupt};
use tokio::sync::oneshot;

/// Letters of the longest expression.
const LONGEST: usize = 500;
/// Brackets within brackets: the library's parser takes twice as long for each.
const DEEPEST: usize = 12;
/// Letters of the longest result.
const LONGEST_RESULT: usize = 4000;
/// How long it may calculate.
const PATIENCE: Duration = Duration::from_secs(2);
/// What the thread's stack holds, and how much of it may be used: every step of the evaluation looks.
const STACK: usize = 64 << 20;
const STACK_USED: usize = 48 << 20;
/// What leads where the library does not look at the clock: shifts, definitions, dice.
const NOT_TAKEN: &[char] =
    &['<', '>', '\\', ':', '=', ';', '@', '"', '\'', '#', '$', '[', ']', '{', '}', '`'];

/// The result, or why there is none.
pub(super) async fn calculate(expression: String) -> Result<String, String> {
    check(&expression)?;
    let (tell, told) = oneshot::channel();
    let begun = thread::Builder::new().name("calculator".into()).stack_size(STACK).spawn(move || {
        // Nobody waits any more when the person has stopped it.
        drop(tell.send(evaluate(&expression)));
    });
    match begun {
        Ok(_) => told.await.unwrap_or_else(|_| Err("The calculation failed.".into())),
        Err(error) => Err(format!("The calculation could not begin: {error}.")),
    }
}

fn check(expression: &str) -> Result<(), String> {
    if expression.is_empty() {
        return Err("There is no expression.".into());
    }
    if expression.chars().count() > LONGEST {
        return Err(format!("The expression is too long; at most {LONGEST} letters are taken."));
    }
    if let Some(letter) = expression.chars().find(|letter| NOT_TAKEN.contains(letter) || letter.is_control())
    {
        return Err(format!("This calculator does not know the sign {letter:?}."));
    }
    if let Some(word) = words(expression).find(|word| is_dice(word)) {
        return Err(format!("This calculator does not know {word:?}."));
    }
    if depth(expression) > DEEPEST {
        return Err(format!("At most {DEEPEST} brackets may stand within each other."));
    }
    Ok(())
}

fn words(expression: &str) -> impl Iterator<Item = &str> {
    expression
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}

/// `d6`, `2d6` and what rolls them.
fn is_dice(word: &str) -> bool {
    let after = word.trim_start_matches(|letter: char| letter.is_ascii_digit()).strip_prefix(['d', 'D']);
    let sides = |rest: &str| !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_digit());
    after.is_some_and(sides) || ["roll", "sample", "mean"].iter().any(|dice| word.eq_ignore_ascii_case(dice))
}

/// The most brackets that stand within each other.
fn depth(expression: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for letter in expression.chars() {
        match letter {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

fn evaluate(expression: &str) -> Result<String, String> {
    let limits = Limits::begin();
    match fend_core::evaluate_with_interrupt(expression, &mut Context::new(), &limits) {
        Ok(result) if result.get_main_result().is_empty() => Err("The expression has no result.".into()),
        Ok(result) => Ok(shortened(result.get_main_result())),
        Err(_) if limits.met() => Err("The calculation is too large and was given up.".into()),
        Err(error) => Err(format!("The calculator says: {error}.")),
    }
}

fn shortened(result: &str) -> String {
    let short: String = result.chars().take(LONGEST_RESULT).collect();
    if short.len() < result.len() {
        format!("{short}… (longer than {LONGEST_RESULT} signs)")
    } else {
        short
    }
}

/// Ends a calculation that takes too long or goes too deep.
struct Limits {
    until: Instant,
    /// Where the stack was when it began.
    base: usize,
    met: AtomicBool,
}

impl Limits {
    fn begin() -> Self {
        Self { until: Instant::now() + PATIENCE, base: here(), met: AtomicBool::new(false) }
    }

    fn met(&self) -> bool {
        self.met.load(Ordering::Relaxed)
    }
}

impl Interrupt for Limits {
    fn should_interrupt(&self) -> bool {
        let met = Instant::now() >= self.until || self.base.abs_diff(here()) > STACK_USED;
        self.met.fetch_or(met, Ordering::Relaxed) || met
    }
}

/// About where the stack is.
#[inline(never)]
fn here() -> usize {
    let something = 0_u8;
    std::ptr::from_ref(&something).addr()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answer(expression: &str) -> Result<String, String> {
        check(expression)?;
        let text = expression.to_owned();
        thread::Builder::new().stack_size(STACK).spawn(move || evaluate(&text)).unwrap().join().unwrap()
    }

    #[test]
    fn it_calculates_exactly() {
        for (expression, result) in [
            ("3*4", "12"),
            ("0.1+0.2", "0.3"),
            ("123456789*987654321", "121932631112635269"),
            ("2^100", "1267650600228229401496703205376"),
            ("1/3", "approx. 0.3333333333"),
            ("15% of 80", "12"),
            ("3×4÷2", "6"),
            ("5!", "120"),
            ("3 km to m", "3000 m"),
            ("sqrt(16)", "4"),
            (&format!("1{}", "*(1+1)".repeat(60)), "1152921504606846976"),
        ] {
            assert_eq!(answer(expression).as_deref(), Ok(result), "{expression}");
        }
    }

    #[test]
    fn what_is_hostile_is_refused_or_given_up() {
        let deep = |open: &str, many: usize| format!("{}1{}", open.repeat(many), ")".repeat(many));
        for expression in [
            "",
            "1/0",
            "9^9^9^9",
            "2^1000000",
            "(10^9)!",
            "500000 choose 250000",
            "pi to 10000000 dp",
            "1<<(1<<40)",
            "(\\x. x x) (\\x. x x)",
            "x = 3; x",
            "roll 10000d10000",
            "10000d10000",
            "@debug 1",
            &deep("(1+", 200),
            &deep("(", 240),
            &"(".repeat(450),
            &"9".repeat(501),
        ] {
            let began = Instant::now();
            assert!(answer(expression).is_err(), "{expression:.40} has no result");
            assert!(began.elapsed() < PATIENCE * 10, "{expression:.40} was not given up in time");
        }
    }

    #[test]
    fn a_very_long_result_is_shortened() {
        let result = answer("10^9000").unwrap();
        assert!(result.chars().count() < LONGEST_RESULT + 60, "a model pays for every digit");
        assert!(result.contains('…'), "and is told that there are more");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_typed_it_ends(
            parts in prop::collection::vec(
                "(\\(|\\)|\\+|-|\\*|/|\\^|!|%| |[0-9]{1,4}|1e9|0x[a-f]|pi|e|sqrt|sin|ln|mod|choose|to|hex|km|of|and|i)",
                0..60,
            ),
        ) {
            let began = Instant::now();
            let _any = answer(&parts.concat());
            prop_assert!(began.elapsed() < PATIENCE * 10, "{} took {:?}", parts.concat(), began.elapsed());
        }
    }
}
