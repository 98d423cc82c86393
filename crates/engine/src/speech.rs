//! Texts read aloud: made part by part by any service that speaks, kept, and played at no further cost.

mod abilities;
pub(crate) mod cut;
mod keep;
mod make;
mod out;
mod page;
pub(crate) mod player;
pub(crate) mod runner;

use std::sync::Arc;

use store::table::sound::{Sound, SoundPart, SoundPartState, SoundState};
use store::{SoundId, UnixMs, Write};

use crate::engine::Organs;
use crate::view::{Event, Playback, SoundPage, Speak, Speaker};
use crate::{Code, Error};

/// The place whose draft lies here.
const PLACE: &str = "speech";
/// Rows handed out at one go.
const MOST_ROWS: u32 = 500;
/// Letters of a title that is made of first words.
const TITLE: usize = 60;

/// Reading texts aloud, and everything that was.
pub struct Speech(pub(crate) Arc<Organs>);

impl Speech {
    /// Every model of every connected service that reads aloud, with what it takes.
    pub async fn speakers(&self) -> Result<Vec<Speaker>, Error> {
        self.0
            .read(|read| {
                let mut learnt = Vec::new();
                for service in read.services()? {
                    learnt.extend(read.learnt_of(service.id)?);
                }
                Ok(read.models()?.iter().filter_map(|model| abilities::speaker(model, &learnt)).collect())
            })
            .await
    }

    /// What lay on the desk of this place when it was last left; "" for nothing.
    pub async fn draft(&self) -> Result<String, Error> {
        self.0.read(|read| Ok(read.draft(PLACE)?.unwrap_or_default())).await
    }

    /// Has a text or a message read aloud. It goes on whatever becomes of the window; the first part can be heard as soon as it
    /// is here. A message that was read like this before is not paid for again.
    pub async fn speak(&self, wish: Speak) -> Result<Sound, Error> {
        let model = wish.model.trim();
        if model.is_empty() {
            return Err(Code::ModelMissing.into());
        }
        let text = self.text(&wish).await?;
        if text.is_empty() {
            return Err(Code::NothingToSend.into());
        }
        if wish.voice.trim().is_empty() {
            return Err(Error::from(Code::OptionWrong).about("voice"));
        }
        if wish.options.speed.is_some_and(|speed| !(0.25..=4.0).contains(&speed)) {
            return Err(Error::from(Code::OptionWrong).about("speed"));
        }
        let service = self.0.service(wish.service_id).await?;
        let row = Sound {
            message_id: wish.message_id,
            options: wish.options,
            ..Sound::blank(service.id, model, wish.voice.trim(), &title(&text), self.0.clock.now())
        };
        let parts: Vec<SoundPart> = (0..)
            .zip(cut::parts(&text))
            .map(|(at, part)| SoundPart::missing(at, count(part.start), count(part.len())))
            .collect();
        // In one write: two presses find each other.
        let made = self.0.write(move |write| {
            if row.message_id.is_some()
                && let Some(before) = write.sound_of_message(&row, &text)?
            {
                return made_before(write, before);
            }
            write.insert_sound(&row, &text, &parts)?;
            write.sound(row.id)?.ok_or(store::Error::NotFound).map(|made| (made, true))
        });
        let (made, begins) = made.await?;
        if begins {
            runner::tell(&self.0, made.id).await;
            runner::begin(&self.0, made.id);
        }
        Ok(made)
    }

    /// What is said for a wish: a text as it is, of a message what somebody would say.
    async fn text(&self, wish: &Speak) -> Result<String, Error> {
        let Some(id) = wish.message_id else { return Ok(wish.text.trim().to_owned()) };
        let message = self.0.read(move |read| read.message(id)).await?.ok_or(Code::Gone)?;
        self.0.compute(move || text::spoken(&message.text)).await
    }

    /// Asks for no parts that are not under way: the person stopped listening. What is under way is paid for, and is kept.
    pub async fn enough(&self, id: SoundId) -> Result<(), Error> {
        let ended = self.0.write(move |write| {
            let parts = write.sound_parts(id)?;
            if !parts.iter().any(|part| part.state == SoundPartState::Missing && part.sent_at.is_none()) {
                return Ok(false);
            }
            write.end_sound(id, SoundState::Stopped, None)
        });
        if ended.await? {
            runner::tell(&self.0, id).await;
        }
        Ok(())
    }

    /// Asks for no more parts. One that has been sent may still have to be paid for.
    pub async fn stop(&self, id: SoundId) -> Result<(), Error> {
        runner::stop(&self.0, id).await
    }

    /// Asks for the parts that are not here.
    pub async fn go_on(&self, id: SoundId) -> Result<(), Error> {
        self.0.write(move |write| write.make_sound_again(id)).await?;
        runner::tell(&self.0, id).await;
        runner::begin(&self.0, id);
        Ok(())
    }

    /// Some sounds whose title or text says this, the newest first.
    pub async fn list(&self, search: String, from: u32, count: u32) -> Result<Vec<Sound>, Error> {
        self.0.read(move |read| read.sounds(&search, from, count.min(MOST_ROWS))).await
    }

    /// One sound with its text, sentence by sentence.
    pub async fn sound(&self, id: SoundId) -> Result<SoundPage, Error> {
        page::of(&self.0, id).await
    }

    /// Gives a sound another name.
    pub async fn rename(&self, id: SoundId, title: String) -> Result<(), Error> {
        let title = title.trim().to_owned();
        if title.is_empty() {
            return Err(Code::NameMissing.into());
        }
        self.0.write(move |write| write.rename_sound(id, &title)).await?;
        runner::tell(&self.0, id).await;
        Ok(())
    }

    /// Takes a sound out of the list; what is being made of it is stopped. It can be brought back for 30 days.
    pub async fn remove(&self, id: SoundId) -> Result<(), Error> {
        runner::stop(&self.0, id).await?;
        self.0.player.let_go(id);
        let now: UnixMs = self.0.clock.now();
        self.0.write(move |write| write.remove_sound(id, now)).await?;
        self.0.events.tell(Event::Sounds);
        Ok(())
    }

    /// Brings a sound back.
    pub async fn restore(&self, id: SoundId) -> Result<(), Error> {
        self.0.write(move |write| write.restore_sound(id)).await?;
        self.0.events.tell(Event::Sounds);
        Ok(())
    }

    /// Plays a sound, from so many milliseconds on; where listening stopped, when nothing is said.
    pub async fn play(&self, id: SoundId, from_ms: Option<i64>) -> Result<(), Error> {
        player::play(&self.0, id, from_ms).await
    }

    /// Stays where it is.
    pub fn pause(&self) {
        self.0.player.pause();
    }

    /// Goes to another place of the sound that is in the player.
    pub async fn seek(&self, to_ms: i64) -> Result<(), Error> {
        player::seek(&self.0, to_ms).await
    }

    /// Faster or slower, at the same pitch.
    pub fn set_speed(&self, speed: f64) {
        self.0.player.set_speed(speed);
    }

    /// How loud, from 0 to 1.
    pub fn set_volume(&self, volume: f64) {
        self.0.player.set_volume(volume);
    }

    /// What is in the player, and how it stands.
    pub fn playback(&self) -> Playback {
        self.0.player.playback()
    }
}

/// A message that was read like this before, and whether what is missing of it is asked for now. Where that may have been paid
/// for already, the person decides.
fn made_before(write: &Write, before: Sound) -> Result<(Sound, bool), store::Error> {
    let is_over = !matches!(before.state, SoundState::Done | SoundState::Making);
    let parts = write.sound_parts(before.id)?;
    if !is_over || parts.iter().any(|part| part.state != SoundPartState::Kept && part.sent_at.is_some()) {
        return Ok((before, false));
    }
    write.make_sound_again(before.id)?;
    write.sound(before.id)?.ok_or(store::Error::NotFound).map(|sound| (sound, true))
}

/// True once nothing more comes by itself.
pub(crate) fn is_over(state: SoundState) -> bool {
    state != SoundState::Making
}

/// The first words, on one line.
fn title(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(TITLE) {
        None => words,
        Some((end, _)) => {
            let cut = words.get(..end).unwrap_or_default();
            let at_word =
                cut.rfind(' ').filter(|blank| *blank > TITLE / 2).and_then(|blank| cut.get(..blank));
            format!("{}…", at_word.unwrap_or(cut).trim_end())
        }
    }
}

/// A length as the database holds it.
fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
