//! The store as a whole: transactions, readers beside the writer, a full disk, damage.

mod transaction;
