//! The player: one sound at a time, in parts that may still be coming. It plays, pauses, jumps, and changes speed without
//! changing pitch. The device is open only while something is heard, so that it may change in between.

mod hand;

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use crate::line::Shared;
use crate::{Kind, Source};
use hand::{Command, Hand};

/// The slowest and the fastest speed.
const SPEEDS: (f32, f32) = (0.5, 3.0);

/// Where in a sound: in which part, and seconds into it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The part, from 0.
    pub part: usize,
    /// Seconds in it.
    pub seconds: f64,
}

/// A part as far as it is here.
pub enum Part {
    /// Its file.
    Here(Source, Kind),
    /// It is still coming.
    Later,
    /// There is no such part: the sound ends before it.
    Over,
    /// It should be here, and cannot be read.
    Gone,
}

/// A sound that hands out its parts. Asked for on the player's own thread; it may block for a moment.
pub trait Track: Send {
    /// The part at this place.
    fn part(&mut self, at: usize) -> Part;
}

/// Why nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no device to play on, or none lets itself be used.
    NoDevice,
    /// The part cannot be decoded.
    Damaged,
    /// The part cannot be read.
    Gone,
}

/// How playing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heard {
    /// It plays, or will as soon as the next part is here.
    pub playing: bool,
    /// The next part is waited for.
    pub waiting: bool,
    /// It came to its end.
    pub ended: bool,
    /// What is heard now.
    pub place: Place,
    /// Why it stopped by itself.
    pub trouble: Option<Trouble>,
}

/// Plays. Dropping it ends the sound.
pub struct Player {
    commands: Sender<Command>,
    heard: Arc<Mutex<Heard>>,
    shared: Arc<Shared>,
    hand: JoinHandle<()>,
}

impl Player {
    /// A player that tells how it stands whenever that changes, and a few times a second while it plays.
    pub fn new(tell: impl Fn(Heard) + Send + 'static) -> std::io::Result<Self> {
        let (commands, orders) = channel();
        let (heard, shared) = (Arc::<Mutex<Heard>>::default(), Arc::<Shared>::default());
        shared.set_volume(1.0);
        let hand = Hand::new(orders, Arc::clone(&shared), Arc::clone(&heard), Box::new(tell));
        let hand = thread::Builder::new().name("player".into()).spawn(move || hand.work())?;
        Ok(Self { commands, heard, shared, hand })
    }

    /// It follows orders. One that broke never will again.
    pub fn works(&self) -> bool {
        !self.hand.is_finished()
    }

    /// Begins a sound at a place.
    pub fn play(&self, track: Box<dyn Track>, at: Place) {
        self.order(Command::Begin(track, at));
    }

    /// Goes on where it was; from the beginning when it had ended.
    pub fn resume(&self) {
        self.order(Command::Resume);
    }

    /// Stays where it is, at once.
    pub fn pause(&self) {
        self.order(Command::Pause);
    }

    /// Goes to another place, playing or not as before.
    pub fn seek(&self, to: Place) {
        self.order(Command::Seek(to));
    }

    /// Faster or slower, at the same pitch; 1 is as it was spoken.
    pub fn set_speed(&self, speed: f32) {
        self.order(Command::Speed(if speed.is_finite() { speed.clamp(SPEEDS.0, SPEEDS.1) } else { 1.0 }));
    }

    /// How loud, from 0 to 1.
    pub fn set_volume(&self, volume: f32) {
        self.shared.set_volume(volume);
    }

    /// Lets go of the sound.
    pub fn stop(&self) {
        self.order(Command::Stop);
    }

    /// How it stands now.
    pub fn heard(&self) -> Heard {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn order(&self, command: Command) {
        if self.commands.send(command).is_err() {
            tracing::error!("the player's thread is gone");
        }
    }
}
