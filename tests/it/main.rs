//! The app from outside: what holds for the whole house.

mod bindings;
mod tidy;
