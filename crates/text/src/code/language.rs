//! Names of languages as people write them behind a fence, and the grammar each one means.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Longest name kept as a label, in characters.
const LABEL_CHARS: usize = 32;

/// Names that the grammars do not list themselves, and the file endings or grammar names they stand for. TypeScript is
/// read as JavaScript: its own grammar costs a fifth of a second and 50 MB before the first line, for little more colour.
#[rustfmt::skip]
const ALIASES: &[(&str, &str)] = &[
    ("javascript", "js"), ("node", "js"), ("mjs", "js"), ("cjs", "js"), ("jsx", "js"), ("typescript", "js"), ("ts", "js"), ("mts", "js"), ("tsx", "js"),
    ("typescriptreact", "js"), ("python", "py"), ("python3", "py"), ("py3", "py"), ("ipython", "py"), ("pycon", "py"),
    ("shell", "sh"), ("bash", "sh"), ("zsh", "sh"), ("console", "sh"), ("shellsession", "sh"), ("shell-session", "sh"),
    ("terminal", "sh"), ("ksh", "sh"), ("c++", "cpp"), ("cxx", "cpp"), ("hpp", "cpp"), ("arduino", "cpp"),
    ("c#", "cs"), ("csharp", "cs"), ("dotnet", "cs"), ("f#", "fs"), ("fsharp", "fs"), ("objective-c", "m"), ("objectivec", "m"),
    ("objc", "m"), ("golang", "go"), ("rust", "rs"), ("ruby", "rb"), ("kotlin", "kt"), ("perl", "pl"), ("haskell", "hs"),
    ("erlang", "erl"), ("elixir", "ex"), ("clojure", "clj"), ("ocaml", "ml"),
    ("batch", "bat"), ("cmd", "bat"), ("dos", "bat"), ("docker", "dockerfile"), ("containerfile", "dockerfile"),
    ("makefile", "make"), ("mk", "make"), ("cmake", "cmakelists.txt"), ("markdown", "md"), ("mdx", "md"), ("latex", "tex"),
    ("yml", "yaml"), ("json5", "json"), ("jsonc", "json"), ("jsonl", "json"), ("ndjson", "json"), ("patch", "diff"),
    ("gql", "graphql"), ("proto3", "proto"), ("protobuf", "proto"), ("terraform", "tf"), ("hcl", "tf"),
    ("assembly", "asm"), ("nasm", "asm"), ("x86asm", "asm"), ("delphi", "pas"), ("pascal", "pas"),
    ("julia", "jl"), ("octave", "matlab"), ("fortran", "f90"), ("viml", "vim"), ("vimscript", "vim"),
    ("emacs-lisp", "el"), ("elisp", "el"), ("racket", "rkt"), ("scheme", "scm"), ("common-lisp", "lisp"), ("solidity", "sol"),
    ("postgres", "sql"), ("postgresql", "sql"), ("mysql", "sql"), ("sqlite", "sql"), ("plsql", "sql"), ("tsql", "sql"),
    ("htm", "html"), ("xhtml", "html"), ("svg", "xml"), ("xsl", "xml"), ("plist", "xml"), ("env", ".env"),
    ("conf", "ini"), ("cfg", "ini"), ("nginx", "nginx"), ("regexp", "re"), ("regex", "re"),
    ("coffee-script", "coffee"), ("coffeescript", "coffee"), ("stylus", "styl"), ("rest", "rst"), ("restructuredtext", "rst"),
];

static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The grammars; loaded when first asked for.
pub fn set() -> &'static SyntaxSet {
    &SET
}

/// The first word of an info string as a label: lower case, only letters, digits and `+ # . - _`.
pub fn label(info: &str) -> String {
    let first = info.trim().trim_start_matches(['{', '.']).split([' ', '\t', ',', '{', '}', ':']).next();
    let kept = first.unwrap_or_default().chars().filter(|c| c.is_alphanumeric() || "+#.-_".contains(*c));
    kept.flat_map(char::to_lowercase).take(LABEL_CHARS).collect()
}

/// The grammar for a label; nothing when the language is unknown or has no grammar worth running.
pub fn syntax(label: &str) -> Option<&'static SyntaxReference> {
    if label.is_empty() || matches!(label, "text" | "txt" | "plain" | "plaintext" | "output" | "log") {
        return None;
    }
    let meant = ALIASES.iter().find(|(alias, _)| *alias == label).map_or(label, |(_, name)| name);
    SET.find_syntax_by_token(meant).or_else(|| SET.find_syntax_by_token(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_has_a_grammar() {
        let missing: Vec<_> = ALIASES.iter().filter(|(alias, _)| syntax(alias).is_none()).collect();
        assert!(missing.is_empty(), "an alias without a grammar promises too much: {missing:?}");
    }

    #[test]
    fn there_are_more_than_a_hundred_languages() {
        assert!(set().syntaxes().len() > 100, "the set of grammars must be the large one");
    }

    #[test]
    fn a_label_is_one_plain_word() {
        let labels =
            [("rust,ignore", "rust"), (" C++ x", "c++"), ("{.py #a}", "py"), ("\"><b>", "b"), ("", "")];
        for (info, wanted) in labels {
            assert_eq!(label(info), wanted, "the label of {info:?}");
        }
    }
}
