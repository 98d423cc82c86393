//! The thread of the recorder: keeps the last moment while nothing is recorded, writes everything down while something is, and
//! tells how loud it is.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::file::Out;
use super::{Deaf, Message, Recorded, Stage, Taken};

/// So much from before the button belongs to a recording.
const BEFORE: Duration = Duration::from_millis(300);
/// Between two tellings.
const TELL: Duration = Duration::from_millis(40);
/// A microphone that says nothing for so long, not even silence, is gone.
const SILENT: Duration = Duration::from_secs(4);

pub(super) struct Work {
    rate: u32,
    before: VecDeque<f32>,
    out: Option<Out>,
    waits: bool,
    /// What broke off by itself, until somebody asks for it.
    broken: Option<(Recorded, Deaf)>,
    level: f32,
    told: Instant,
    heard: Instant,
    tell: Box<dyn Fn(Taken)>,
}

impl Work {
    pub(super) fn new(rate: u32, tell: Box<dyn Fn(Taken)>) -> Self {
        Self {
            rate,
            before: VecDeque::new(),
            out: None,
            waits: false,
            broken: None,
            level: 0.0,
            told: Instant::now(),
            heard: Instant::now(),
            tell,
        }
    }

    /// Works until it is closed or the microphone is gone.
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        let mut goes_on = true;
        while goes_on {
            goes_on = match inbox.recv_timeout(TELL) {
                Ok(message) => self.take(message),
                // Only when nothing waits to be read: a slow disk does not make the microphone silent.
                Err(RecvTimeoutError::Timeout) if self.heard.elapsed() >= SILENT => {
                    self.break_off(Deaf::Lost);
                    false
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => false,
            };
            if self.told.elapsed() >= TELL {
                self.say();
            }
        }
        // Whoever asks for what broke off still gets it.
        while self.broken.is_some() {
            match inbox.recv() {
                Ok(Message::Close) | Err(_) => break,
                Ok(message) => drop(self.take(message)),
            }
        }
        if let Some(out) = self.out.take() {
            out.finish();
        }
    }

    /// False when it is over.
    fn take(&mut self, message: Message) -> bool {
        match message {
            Message::Sound(samples) => self.hear(&samples),
            Message::Begin(path, tell) => drop(tell.send(self.begin(&path))),
            Message::Pause(waits) => {
                self.waits = waits;
                self.before.clear();
            }
            Message::End(tell) => drop(tell.send(self.end())),
            Message::Gone => {
                self.break_off(Deaf::Lost);
                return false;
            }
            Message::Close => return false,
        }
        true
    }

    fn hear(&mut self, samples: &[f32]) {
        self.level = samples.iter().fold(self.level, |loud, sample| loud.max(sample.abs()));
        match &mut self.out {
            Some(out) if !self.waits => {
                if let Err(error) = out.write(samples) {
                    self.break_off(meant(&error));
                }
            }
            _ => {
                self.before.extend(samples);
                let most = usize::try_from(u128::from(self.rate) * BEFORE.as_millis() / 1000).unwrap_or(0);
                let over = self.before.len().saturating_sub(most);
                self.before.drain(..over);
            }
        }
        // Afterwards, for writing may have taken long.
        self.heard = Instant::now();
    }

    fn begin(&mut self, path: &Path) -> Result<(), Deaf> {
        let before: Vec<f32> = self.before.drain(..).collect();
        let made = Out::create(path, self.rate).and_then(|mut out| out.write(&before).map(|()| out));
        self.out = Some(made.map_err(|error| meant(&error))?);
        self.waits = false;
        self.broken = None;
        self.say();
        Ok(())
    }

    fn end(&mut self) -> Option<Recorded> {
        if let Some((recorded, _)) = self.broken.take() {
            return Some(recorded);
        }
        let (path, duration) = self.out.take()?.finish();
        Some(Recorded { path, duration })
    }

    /// What came is kept, and it is said why there is no more.
    fn break_off(&mut self, why: Deaf) {
        let trouble = Some(why);
        match self.out.take() {
            Some(out) => {
                let (path, duration) = out.finish();
                self.broken = Some((Recorded { path, duration }, why));
                (self.tell)(Taken { stage: Stage::Broken, level: 0.0, duration, trouble });
            }
            None => (self.tell)(Taken { trouble, ..Taken::default() }),
        }
    }

    fn say(&mut self) {
        self.told = Instant::now();
        if self.broken.is_some() {
            return;
        }
        let stage = match (&self.out, self.waits) {
            (None, _) => Stage::Armed,
            (Some(_), true) => Stage::Paused,
            (Some(_), false) => Stage::Recording,
        };
        let duration = self.out.as_ref().map(Out::duration).unwrap_or_default();
        let level = std::mem::take(&mut self.level);
        (self.tell)(Taken { stage, level, duration, trouble: None });
    }
}

fn meant(error: &io::Error) -> Deaf {
    tracing::warn!(%error, "a recording is not written");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Deaf::DiskFull,
        _ => Deaf::Unwritten,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn the_moment_before_is_kept_a_pause_is_left_out_and_the_rest_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (orders, inbox) = channel();
        let work = thread::spawn(move || Work::new(1_000, Box::new(|_| {})).run(&inbox));
        let say = |count: usize| orders.send(Message::Sound(vec![0.5; count])).unwrap();
        say(1_000);
        let (tell, told) = channel();
        orders.send(Message::Begin(folder.path().join("a.wav"), tell)).unwrap();
        told.recv().unwrap().unwrap();
        say(500);
        orders.send(Message::Pause(true)).unwrap();
        say(5_000);
        orders.send(Message::Pause(false)).unwrap();
        say(700);
        let (tell, told) = channel();
        orders.send(Message::End(tell)).unwrap();
        let recorded = told.recv().unwrap().unwrap();
        assert_eq!(recorded.duration, Duration::from_millis(300 + 500 + 700));
        let file = std::fs::read(recorded.path).unwrap();
        assert_eq!(file.len(), 44 + 2 * 1_500);
        let half = 16_384_i16.to_le_bytes();
        assert!(file[44..].chunks(2).all(|sample| sample == half), "as it was heard");
        orders.send(Message::Close).unwrap();
        work.join().unwrap();
    }

    #[test]
    fn a_slow_disk_does_not_make_the_microphone_silent() {
        let (orders, inbox) = channel();
        let (tell, told) = channel();
        let heed = move |taken: Taken| tell.send(taken.trouble).unwrap();
        let mut work = Work::new(1_000, Box::new(heed));
        // So it is after a write that took long: what was heard meanwhile waits in the box.
        let Some(long_ago) = Instant::now().checked_sub(SILENT * 2) else { return };
        work.heard = long_ago;
        orders.send(Message::Sound(vec![0.5; 10])).unwrap();
        let closing = thread::spawn(move || {
            thread::sleep(TELL * 4);
            orders.send(Message::Close).unwrap();
        });
        work.run(&inbox);
        closing.join().unwrap();
        assert!(told.iter().all(|trouble| trouble.is_none()), "it is heard");
    }
}
