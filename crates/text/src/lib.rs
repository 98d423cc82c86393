//! Markdown to safe HTML: highlighted code, mathematics, and nothing that could run.
