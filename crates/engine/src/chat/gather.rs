//! Gathers how sure a model is while its answer comes. What is not written down yet stays in memory, and memory has an end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gateway::chat::Token as Told;
use store::table::confidence::{Alternative, Token};

/// Tokens and alternatives of one answer with which alternatives are still kept.
const MOST_ALTERNATIVES: usize = 150_000;
/// Tokens and alternatives of one answer that are kept in all: more tokens than any model writes.
const MOST: usize = 400_000;
/// Bytes of all tokens that are kept.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// How sure a model was of what it said so far.
#[derive(Default)]
pub(crate) struct Gathered {
    tokens: Vec<Token>,
    /// Tokens and alternatives.
    count: usize,
    bytes: usize,
    /// How many of the tokens are written down.
    written: Arc<AtomicUsize>,
}

/// Tokens to be written down.
#[derive(Clone, Default)]
pub(crate) struct Batch {
    /// Those that are not written yet.
    pub(crate) tokens: Vec<Token>,
    upto: usize,
    written: Arc<AtomicUsize>,
}

impl Batch {
    /// They are written: they need not be written again.
    pub(crate) fn done(&self) {
        self.written.store(self.upto, Ordering::Release);
    }
}

impl Gathered {
    /// Takes the next tokens in, as far as there is room.
    pub(crate) fn take(&mut self, tokens: Vec<Told>) {
        for told in tokens {
            let token = token(told, self.count < MOST_ALTERNATIVES);
            let bytes =
                token.bytes.len() + token.alternatives.iter().map(|one| one.bytes.len()).sum::<usize>();
            if self.count >= MOST || self.bytes + bytes > MOST_BYTES {
                return;
            }
            self.count += 1 + token.alternatives.len();
            self.bytes += bytes;
            self.tokens.push(token);
        }
    }

    /// What is not written down yet.
    pub(crate) fn unwritten(&self) -> Batch {
        let written = self.written.load(Ordering::Acquire);
        Batch {
            tokens: self.tokens.get(written..).unwrap_or_default().to_vec(),
            upto: self.tokens.len(),
            written: Arc::clone(&self.written),
        }
    }
}

fn token(told: Told, with_alternatives: bool) -> Token {
    let others = told.alternatives.into_iter().filter(|_| with_alternatives);
    Token {
        bytes: told.bytes,
        logprob: told.logprob.map(rounded),
        alternatives: others
            .map(|other| Alternative { bytes: other.bytes, logprob: rounded(other.logprob) })
            .collect(),
    }
}

/// Four digits say more than a person can see, and take half the room.
fn rounded(logprob: f64) -> f64 {
    (logprob * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use gateway::chat::Alternative as Other;

    use super::*;

    fn told(alternatives: usize) -> Told {
        let other = Other { bytes: b"b".to_vec(), logprob: -1.0 };
        Told { bytes: b"a".to_vec(), logprob: Some(-0.123_456), alternatives: vec![other; alternatives] }
    }

    #[test]
    fn what_is_written_is_not_written_again_and_what_failed_is() {
        let mut gathered = Gathered::default();
        gathered.take(vec![told(0), told(0)]);
        let failed = gathered.unwritten();
        assert_eq!(failed.tokens.len(), 2);
        gathered.take(vec![told(1)]);
        let batch = gathered.unwritten();
        assert_eq!(batch.tokens.len(), 3, "the first write failed: its tokens go with the next");
        assert_eq!(batch.tokens[0].logprob, Some(-0.1235), "rounded");
        batch.done();
        assert!(gathered.unwritten().tokens.is_empty());
    }

    #[test]
    fn memory_has_an_end() {
        let mut gathered = Gathered::default();
        for _ in 0..50_000 {
            gathered.take(vec![told(20)]);
        }
        let with = gathered.tokens.iter().filter(|token| !token.alternatives.is_empty()).count();
        assert_eq!(gathered.tokens.len(), 50_000, "all tokens are kept");
        assert!(with < 8_000, "alternatives only of the first: {with}");
        let long = Told { bytes: vec![b'x'; 1 << 20], ..Told::default() };
        for _ in 0..20 {
            gathered.take(vec![long.clone()]);
        }
        assert!(gathered.bytes <= MOST_BYTES, "no token takes what is not there");
    }
}
