//! Whom to ask: a model of a service, by its name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ServiceId;

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    /// The service.
    pub service_id: ServiceId,
    /// One of its models, or any name typed in.
    pub model: String,
}
