//! The person's settings, and the drafts of what they are typing.

use std::sync::Arc;

use store::table::setting::Settings;

use crate::Error;
use crate::chat::options;
use crate::engine::Organs;

/// Settings of the person.
pub struct Preferences(pub(crate) Arc<Organs>);

impl Preferences {
    /// Keeps the settings.
    pub async fn save(&self, settings: Settings) -> Result<(), Error> {
        options::check(&settings.options)?;
        self.0.write(move |write| write.set_settings(&settings)).await
    }
}
