//! The store as a whole: opening, transactions, kills, damage.

#[cfg(unix)]
mod crash;
mod open;
mod transaction;
