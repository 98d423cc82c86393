//! The command line: `--home DIR`, `--demo`, `--version`, `--help`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short};

/// What `--help` says.
pub const HELP: &str = "\
Usage: medley [--home DIR] [--demo]

  --home DIR   keep everything in this folder (also: MEDLEY_HOME)
  --demo       open on the demonstration, with a folder of its own; no key is needed
  --version    print the version
  --help       print this";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub enum Wish {
    /// Open the window.
    Open(Arguments),
    /// Print the version.
    Version,
    /// Print the help.
    Help,
}

/// How to open.
#[derive(Debug, Default, PartialEq)]
pub struct Arguments {
    /// The folder for everything, if not the usual one.
    pub home: Option<PathBuf>,
    /// Open on the demonstration.
    pub demo: bool,
}

/// Reads the arguments behind the program's name.
pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Wish, lexopt::Error> {
    let mut arguments = Arguments::default();
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(word) = parser.next()? {
        match word {
            Long("home") => arguments.home = Some(parser.value()?.into()),
            Long("demo") => arguments.demo = true,
            Long("version") | Short('V') => return Ok(Wish::Version),
            Long("help") | Short('h') => return Ok(Wish::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Wish::Open(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<Wish, lexopt::Error> {
        read(words.iter().map(OsString::from))
    }

    #[test]
    fn every_form_is_understood() {
        let home = |demo| Wish::Open(Arguments { home: Some("/a b".into()), demo });
        assert_eq!(asked(&[]).unwrap(), Wish::Open(Arguments::default()));
        assert_eq!(asked(&["--home", "/a b"]).unwrap(), home(false));
        assert_eq!(asked(&["--demo", "--home=/a b"]).unwrap(), home(true));
        assert_eq!(asked(&["--version"]).unwrap(), Wish::Version);
        assert_eq!(asked(&["-h"]).unwrap(), Wish::Help);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(asked(&["--hme", "x"]).is_err(), "a typing mistake must not open another folder");
        assert!(asked(&["--home"]).is_err(), "a folder is missing");
        assert!(asked(&["chat"]).is_err(), "there are no commands");
    }
}
