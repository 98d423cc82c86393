//! The store as a whole: opening, transactions, kills, damage.

#[cfg(unix)]
mod crash;
mod old;
mod open;
mod transaction;
