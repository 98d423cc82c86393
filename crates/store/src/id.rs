//! Ids: time-ordered UUIDs (version 7), each its own type so that one cannot stand for another.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered after every id made before it on this machine.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.0.as_bytes().as_slice()))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let uuid = Uuid::from_slice(value.as_blob()?).map_err(FromSqlError::other)?;
                Ok(Self(uuid))
            }
        }
    };
}

id!(
    /// A service that the person connected.
    ServiceId
);
id!(
    /// A folder of conversations.
    FolderId
);
id!(
    /// A conversation.
    ConversationId
);
id!(
    /// A tool that models may call.
    ToolId
);
id!(
    /// One message of a conversation's tree.
    MessageId
);
id!(
    /// Something that belongs to a message without being its words.
    AttachmentId
);
id!(
    /// An album of pictures.
    AlbumId
);
id!(
    /// Something that a picture engine was asked to make.
    GenerationId
);
id!(
    /// A picture of the gallery.
    PictureId
);
id!(
    /// A text that is read aloud.
    SoundId
);
id!(
    /// A sound that was recorded or brought.
    RecordingId
);
id!(
    /// What is said in a recording.
    TranscriptId
);
