//! A secret that does not print itself and wipes itself.

use zeroize::Zeroizing;

/// A secret in memory: no `Display`, no `Serialize`, a `Debug` that tells nothing, wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret over.
    pub fn new(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// The secret itself: to be put into a request, nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its last four characters, where it is long enough for them to be harmless; "" otherwise.
    pub fn ends_in(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        match letters.len().checked_sub(4) {
            Some(start) if letters.len() >= 12 => letters.iter().skip(start).collect(),
            _ => String::new(),
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}
