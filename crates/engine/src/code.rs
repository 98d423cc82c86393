//! The codes that leave the engine. A code exists only if the window turns it into plain words and one action.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, as one of the things a person can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The service wants a key and none was sent.
    KeyMissing,
    /// The service does not know the key, or it has expired.
    KeyRejected,
    /// The key cannot be sent at all: it holds a line break or a letter that no header may carry.
    KeyUnusable,
    /// No money left.
    BalanceEmpty,
    /// This key may not use this model.
    ModelDenied,
    /// The service has no such model.
    ModelUnknown,
    /// The address leads to a server that does not know the path.
    AddressWrong,
    /// What was typed is no address.
    AddressUnreadable,
    /// The service cannot do this.
    NotOffered,
    /// The model does not continue texts; it can be asked in a chat.
    WantsChat,
    /// The conversation is longer than the model's window.
    TooLong,
    /// Refused for its content.
    Policy,
    /// A field of the request was refused, also without it or with another value.
    FieldRefused,
    /// The message is too large for the service.
    TooLarge,
    /// Too many questions at once.
    RateLimited,
    /// The service is overloaded, or still loading.
    Busy,
    /// The service has nobody behind it for this model at the moment.
    NoChannel,
    /// The service made a fault of its own.
    ServerFault,
    /// Something behind the service was slow or broken.
    UpstreamSlow,
    /// The service is not offered in this country.
    RegionDenied,
    /// Refused without a reason we know.
    Forbidden,
    /// Refused otherwise; the service's own words are in the details.
    Refused,
    /// Nobody answers at this address, or there is no network.
    Unreachable,
    /// The secure connection could not be made.
    TlsFailed,
    /// No answer in time.
    TimedOut,
    /// The connection broke in the middle of an answer.
    Cut,
    /// The answer came, and it was empty.
    EmptyAnswer,
    /// The answer was held back by a filter.
    BlockedAnswer,
    /// The address is a web page, not a service.
    NotAnApi,
    /// The answer could not be read.
    BadAnswer,
    /// Medley was closed while the answer came.
    Interrupted,
    /// This system has no keychain that answers.
    VaultMissing,
    /// The keychain is locked.
    VaultLocked,
    /// The keychain did not answer in time.
    VaultSlow,
    /// No service is connected, or the one asked for is gone.
    ServiceGone,
    /// No model is chosen.
    ModelMissing,
    /// A picture's link leads to nothing any more.
    PictureGone,
    /// A picture's link leads to a place where Medley does not follow an answer's links.
    PictureNotAllowed,
    /// What came instead of a picture is none.
    NotAPicture,
    /// A picture that is cut off or broken.
    PictureDamaged,
    /// A picture larger than Medley takes, in bytes or in pixels.
    PictureTooLarge,
    /// A kind of picture that is kept as it came, and not made into another.
    PictureUndecoded,
    /// The answer came, and no picture was in it.
    NoPictureCame,
    /// The service may have made a picture, and be paid for it, but it did not come.
    MaybePaid,
    /// A word of the prompt is not allowed at the service.
    WordBanned,
    /// The service does not know a task any more.
    TaskGone,
    /// The service took a task, and does not know it any more. It may have been paid for.
    TaskForgotten,
    /// A task takes longer than any should; it may still come to an end.
    TaskOpen,
    /// Tasks wait or are being made at the place that was to be changed.
    TasksRunning,
    /// The person cancelled a picture that had been asked for already.
    CancelledLate,
    /// Medley was closed while a picture was being made.
    GenerationInterrupted,
    /// What was asked for is gone.
    Gone,
    /// An answer is being written in this place already.
    Writing,
    /// Nothing was typed.
    NothingToSend,
    /// A file opens with a password only.
    FileEncrypted,
    /// A file is not whole, or not what its name says.
    FileDamaged,
    /// A file is larger than what is taken.
    FileTooLarge,
    /// A packed file unpacks to too much.
    FileUnpacks,
    /// A document holds no text.
    FileNoText,
    /// A file of a kind that nobody here can read.
    FileUnknown,
    /// A file of an Office before 2007.
    FileOld,
    /// Reading a file took too long.
    FileTooSlow,
    /// Reading a file took too much memory.
    FileTooHeavy,
    /// A file holds nothing.
    FileEmpty,
    /// A file cannot be opened: it is gone, a folder, or not allowed.
    FileUnopened,
    /// More files than go along with one question.
    FilesTooMany,
    /// A file on the desk could not be read, so the question was not sent.
    FileUnready,
    /// The model does not look at pictures.
    PicturesRefused,
    /// A file could not be handed to the service.
    UploadFailed,
    /// Everything fits: there is nothing to sum up.
    NothingToSumUp,
    /// An option lies outside of its range.
    OptionWrong,
    /// A name is empty.
    NameMissing,
    /// What was pasted is no address of a GPT.
    GptUnreadable,
    /// What was pasted is the address of a project, which only its owner can reach.
    GptIsProject,
    /// Tools were used in as many rounds as the person wants at one go.
    RoundsUsedUp,
    /// A result typed in is too long.
    ResultTooLarge,
    /// A function cannot have this name.
    ToolNameWrong,
    /// Another tool has this name.
    ToolNameTaken,
    /// What was pasted is no JSON.
    ToolUnreadable,
    /// It is JSON and no function.
    ToolMisshapen,
    /// A function, or a list of them, is too large.
    ToolTooLarge,
    /// The disk is full.
    DiskFull,
    /// The connection broke while a text was read aloud; what came is kept.
    SpeechCut,
    /// A text may have been read aloud and paid for, but nothing came.
    SpeechMaybePaid,
    /// Medley was closed while a text was read aloud.
    SpeechInterrupted,
    /// What came is no sound that can be heard.
    SoundDamaged,
    /// There is no device to play on.
    NoSoundDevice,
    /// A part of a recording may have been written down and paid for, but nothing came.
    TranscriptMaybePaid,
    /// Medley was closed while a part of a recording was being written down.
    TranscriptInterrupted,
    /// A file holds no sound that can be heard here.
    RecordingUnreadable,
    /// A sound that was pasted is too large to lie in memory.
    RecordingTooLarge,
    /// The service takes no sound of this size, not even in small parts.
    SoundTooLarge,
    /// There is no microphone.
    NoMicrophone,
    /// The system does not let Medley listen.
    MicrophoneDenied,
    /// The microphone went away while something was recorded.
    MicrophoneLost,
    /// Nothing can be written at the place chosen.
    CannotWrite,
    /// The person stopped it.
    Stopped,
    /// The data folder was written by a newer Medley.
    StoreNewer,
    /// The data could not be read or written.
    StoreBroken,
    /// A fault of Medley's own.
    Internal,
}

impl Code {
    /// The code as it is stored and sent: `key_rejected`.
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyMissing => "key_missing",
            Self::KeyRejected => "key_rejected",
            Self::KeyUnusable => "key_unusable",
            Self::BalanceEmpty => "balance_empty",
            Self::ModelDenied => "model_denied",
            Self::ModelUnknown => "model_unknown",
            Self::AddressWrong => "address_wrong",
            Self::AddressUnreadable => "address_unreadable",
            Self::NotOffered => "not_offered",
            Self::WantsChat => "wants_chat",
            Self::TooLong => "too_long",
            Self::Policy => "policy",
            Self::FieldRefused => "field_refused",
            Self::TooLarge => "too_large",
            Self::RateLimited => "rate_limited",
            Self::Busy => "busy",
            Self::NoChannel => "no_channel",
            Self::ServerFault => "server_fault",
            Self::UpstreamSlow => "upstream_slow",
            Self::RegionDenied => "region_denied",
            Self::Forbidden => "forbidden",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::TlsFailed => "tls_failed",
            Self::TimedOut => "timed_out",
            Self::Cut => "cut",
            Self::EmptyAnswer => "empty_answer",
            Self::BlockedAnswer => "blocked_answer",
            Self::NotAnApi => "not_an_api",
            Self::BadAnswer => "bad_answer",
            Self::Interrupted => "interrupted",
            Self::VaultMissing => "vault_missing",
            Self::VaultLocked => "vault_locked",
            Self::VaultSlow => "vault_slow",
            Self::ServiceGone => "service_gone",
            Self::ModelMissing => "model_missing",
            Self::PictureGone => "picture_gone",
            Self::PictureNotAllowed => "picture_not_allowed",
            Self::NotAPicture => "not_a_picture",
            Self::PictureDamaged => "picture_damaged",
            Self::PictureTooLarge => "picture_too_large",
            Self::PictureUndecoded => "picture_undecoded",
            Self::NoPictureCame => "no_picture_came",
            Self::MaybePaid => "maybe_paid",
            Self::WordBanned => "word_banned",
            Self::TaskGone => "task_gone",
            Self::TaskForgotten => "task_forgotten",
            Self::TaskOpen => "task_open",
            Self::TasksRunning => "tasks_running",
            Self::CancelledLate => "cancelled_late",
            Self::GenerationInterrupted => "generation_interrupted",
            Self::Gone => "gone",
            Self::Writing => "writing",
            Self::NothingToSend => "nothing_to_send",
            Self::FileEncrypted => "file_encrypted",
            Self::FileDamaged => "file_damaged",
            Self::FileTooLarge => "file_too_large",
            Self::FileUnpacks => "file_unpacks",
            Self::FileNoText => "file_no_text",
            Self::FileUnknown => "file_unknown",
            Self::FileOld => "file_old",
            Self::FileTooSlow => "file_too_slow",
            Self::FileTooHeavy => "file_too_heavy",
            Self::FileEmpty => "file_empty",
            Self::FileUnopened => "file_unopened",
            Self::FilesTooMany => "files_too_many",
            Self::FileUnready => "file_unready",
            Self::PicturesRefused => "pictures_refused",
            Self::UploadFailed => "upload_failed",
            Self::NothingToSumUp => "nothing_to_sum_up",
            Self::OptionWrong => "option_wrong",
            Self::NameMissing => "name_missing",
            Self::GptUnreadable => "gpt_unreadable",
            Self::GptIsProject => "gpt_is_project",
            Self::RoundsUsedUp => "rounds_used_up",
            Self::ResultTooLarge => "result_too_large",
            Self::ToolNameWrong => "tool_name_wrong",
            Self::ToolNameTaken => "tool_name_taken",
            Self::ToolUnreadable => "tool_unreadable",
            Self::ToolMisshapen => "tool_misshapen",
            Self::ToolTooLarge => "tool_too_large",
            Self::DiskFull => "disk_full",
            Self::SpeechCut => "speech_cut",
            Self::SpeechMaybePaid => "speech_maybe_paid",
            Self::SpeechInterrupted => "speech_interrupted",
            Self::SoundDamaged => "sound_damaged",
            Self::NoSoundDevice => "no_sound_device",
            Self::TranscriptMaybePaid => "transcript_maybe_paid",
            Self::TranscriptInterrupted => "transcript_interrupted",
            Self::RecordingUnreadable => "recording_unreadable",
            Self::RecordingTooLarge => "recording_too_large",
            Self::SoundTooLarge => "sound_too_large",
            Self::NoMicrophone => "no_microphone",
            Self::MicrophoneDenied => "microphone_denied",
            Self::MicrophoneLost => "microphone_lost",
            Self::CannotWrite => "cannot_write",
            Self::Stopped => "stopped",
            Self::StoreNewer => "store_newer",
            Self::StoreBroken => "store_broken",
            Self::Internal => "internal",
        }
    }
}
