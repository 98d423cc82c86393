//! What a turn does about the files that go along: hands them over before it asks, and sends smaller pictures where the
//! usual ones were too much.

use gateway::{Failure, Reading};

use super::Turn;
use crate::attach::pictures::{self, Size};
use crate::attach::{refused, upload};
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// The files of a turn.
#[derive(Default)]
pub(super) struct Files {
    /// Pictures go along.
    pictures: bool,
    size: Size,
}

impl Turn {
    /// Hands over what a service has to have before it is asked.
    pub(super) async fn hand_over(&self, at: &Connection) -> Result<(), Error> {
        upload::hand_over(&self.organs, at, &self.ask, self.live().id()).await
    }

    /// Puts the bytes of pictures into a request that is about to be sent.
    pub(super) async fn fill(&mut self, request: &mut gateway::chat::Request) -> Result<(), Error> {
        self.files.pictures = refused::has_pictures(request);
        pictures::fill(&self.organs, request, self.files.size).await
    }

    /// Takes smaller pictures after a body that was too large, once. True when that is worth another request.
    pub(super) fn shrink(&mut self, told: &gateway::Error) -> bool {
        let too_large =
            failure(told).is_some_and(|told| told.status == 413 || told.reading == Reading::TooLarge);
        let shrinks = too_large && self.files.pictures && self.files.size == Size::Usual;
        if shrinks {
            self.files.size = Size::Small;
        }
        shrinks
    }

    /// A refusal as the person is told it: that a model does not look at pictures is said in many ways.
    pub(super) fn explained(&self, told: &gateway::Error, error: Error) -> Error {
        match failure(told) {
            Some(told) if self.files.pictures && refused::pictures(told) => {
                Error { code: Code::PicturesRefused, ..error }
            }
            _ => error,
        }
    }
}

fn failure(told: &gateway::Error) -> Option<&Failure> {
    match told {
        gateway::Error::Refused(failure) => Some(failure),
        _ => None,
    }
}
