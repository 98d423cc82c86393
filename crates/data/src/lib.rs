//! Data in answers: finds the JSON that a model wrote, holds it against a schema, and lays it out as a table, as a
//! tree and as CSV. It knows no model and no screen, and it never looks anywhere else: a schema that points outside
//! itself is refused.

mod breaks;
mod find;
mod involved;
mod path;
mod schema;
mod sheet;
mod table;
mod tree;

pub use breaks::{Break, Counted, Rule};
pub use find::{Found, Place, Unfound, find};
pub use path::{Path, Step};
pub use schema::{Fault, LONGEST_SCHEMA, Schema};
pub use sheet::{Sheet, csv};
pub use table::{Column, Table};
pub use tree::{Kind, Node, children, node};
