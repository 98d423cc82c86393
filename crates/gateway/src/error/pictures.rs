//! What a refusal means when pictures were to be made: a path that does not exist is one that this service does not have
//! (reference 5.3), because its address was good for everything else. It looks at what was read already.

use super::{Error, Failure, Reading};

impl Error {
    /// The same error, known to answer a wish for pictures.
    pub(crate) fn of_pictures(self) -> Self {
        match self {
            Self::Refused(mut failure) => {
                if failure.reading == Reading::AddressWrong && matches!(failure.status, 404 | 405) {
                    failure.reading = Reading::NotOffered;
                }
                Self::Refused(failure)
            }
            // The page of a service that has other paths.
            Self::NotAnApi { status: status @ (404 | 405), title, .. } => Self::Refused(Box::new(Failure {
                status,
                reading: Reading::NotOffered,
                message: title,
                ..Failure::default()
            })),
            other => other,
        }
    }
}
