//! Midjourney's task API (reference 4) in all its dialects: what is asked for becomes a task, and a task is asked about
//! until it ended. It keeps nothing and repeats nothing by itself.

mod ask;
mod past;
mod press;
pub(crate) mod probe;
mod site;
mod submit;
mod task;

pub use ask::{Cancelled, Told, Way};
pub use past::Page;
pub use probe::NO_TASK;
pub use site::{SignIn, Site, Speed};
pub use submit::{Bot, Dimensions, Submission, Submitted};
pub use task::{Button, Status, Task};

use crate::Error;

/// Whether a service says that it has no such path; then nothing was made.
pub fn is_missing(told: &Error) -> bool {
    match told {
        // Codes of these paths: they are there.
        Error::Refused(failure) if matches!(failure.server_code.as_str(), "3" | "4" | "23" | "24" | "30") => {
            false
        }
        Error::Refused(failure) => match failure.status {
            // These know the path, and say that the task is not there.
            404 => !failure.message.to_lowercase().contains("task") || failure.message.contains('/'),
            405 | 501 => true,
            _ => false,
        },
        // The page of a web application stands for any path that it does not know.
        Error::NotAnApi { status, .. } => matches!(status, 200 | 404 | 405),
        _ => false,
    }
}
