//! The app from outside: what holds for the whole house.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "tests may insist, and tell sizes")]

mod bindings;
mod tidy;
