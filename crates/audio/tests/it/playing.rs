//! Playing: with a device where there is one, and with clear words where there is none. A computer without a sound card may
//! lend one: `PulseAudio` with a sink that leads nowhere, whose monitor is listened to (see `tests/e2e/harness/speaker.js`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use audio::{Heard, Kind, Part, Place, Player, Track, Trouble};

use crate::sounds::{RATE, tone, wav};

/// Parts of a second each; the last comes when it may.
struct Parts {
    here: usize,
    last: Arc<AtomicBool>,
}

impl Track for Parts {
    fn part(&mut self, at: usize) -> Part {
        match at {
            at if at < self.here => Part::Here(wav(&tone(440.0, 1000), 1, RATE).into(), Kind::Wav),
            at if at == self.here && !self.last.load(Ordering::Acquire) => Part::Later,
            at if at == self.here => Part::Here(wav(&tone(440.0, 300), 1, RATE).into(), Kind::Wav),
            _ => Part::Over,
        }
    }
}

struct Breaks;

impl Track for Breaks {
    fn part(&mut self, _: usize) -> Part {
        panic!("a decoder that breaks")
    }
}

struct Lost;

impl Track for Lost {
    fn part(&mut self, _: usize) -> Part {
        Part::Gone
    }
}

struct Broken;

impl Track for Broken {
    fn part(&mut self, _: usize) -> Part {
        Part::Here(b"no sound".to_vec().into(), Kind::Mp3)
    }
}

fn parts(here: usize, last: bool) -> Box<dyn Track> {
    Box::new(Parts { here, last: Arc::new(AtomicBool::new(last)) })
}

fn player() -> Player {
    Player::new(|_| {}).unwrap()
}

fn until(player: &Player, what: &str, is_so: impl Fn(Heard) -> bool) -> Heard {
    let began = Instant::now();
    loop {
        let heard = player.heard();
        if is_so(heard) {
            return heard;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{what} did not come: {heard:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether this computer can play at all; tests that need it say so and end.
fn has_device() -> bool {
    let player = player();
    player.play(parts(1, true), Place::default());
    let heard = until(&player, "a beginning", |heard| heard.trouble.is_some() || heard.place.seconds > 0.0);
    if heard.trouble.is_some() {
        eprintln!("no device: this is not tried here");
    }
    heard.trouble.is_none()
}

#[test]
fn what_cannot_be_decoded_is_said() {
    let player = player();
    player.play(Box::new(Broken), Place::default());
    let heard = until(&player, "trouble", |heard| heard.trouble.is_some());
    assert_eq!((heard.playing, heard.trouble), (false, Some(Trouble::Damaged)));
    player.stop();
    until(&player, "silence", |heard| heard == Heard::default());
}

#[test]
fn what_breaks_or_is_lost_is_said_and_the_player_lives() {
    let player = player();
    for (track, wanted) in [
        (Box::new(Breaks) as Box<dyn Track>, Trouble::Damaged),
        (Box::new(Lost), Trouble::Gone),
        (Box::new(Broken), Trouble::Damaged),
    ] {
        player.play(track, Place { part: 1, seconds: 0.5 });
        let heard = until(&player, "trouble", |heard| heard.trouble.is_some());
        assert_eq!((heard.playing, heard.ended, heard.trouble), (false, false, Some(wanted)));
        assert_eq!(heard.place, Place { part: 1, seconds: 0.5 }, "it keeps its place");
        assert!(player.works());
        player.stop();
        until(&player, "silence", |heard| heard == Heard::default());
    }
}

#[test]
fn without_a_device_it_says_so_and_keeps_its_place() {
    if has_device() {
        return;
    }
    let player = player();
    let at = Place { part: 1, seconds: 0.5 };
    player.play(parts(2, true), at);
    let heard = until(&player, "trouble", |heard| heard.trouble.is_some());
    assert_eq!((heard.playing, heard.trouble, heard.place), (false, Some(Trouble::NoDevice), at));
}

#[test]
fn it_plays_waits_pauses_jumps_and_ends() {
    if !has_device() {
        return;
    }
    let player = player();
    let last = Arc::new(AtomicBool::new(false));
    player.play(Box::new(Parts { here: 1, last: Arc::clone(&last) }), Place::default());
    let began = Instant::now();
    until(&player, "the middle", |heard| heard.place.seconds > 0.5);
    player.pause();
    let paused = until(&player, "a pause", |heard| !heard.playing);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(player.heard().place, paused.place, "it stays where it was");
    player.resume();
    until(&player, "waiting", |heard| heard.waiting);
    assert!(
        began.elapsed() > Duration::from_millis(1000),
        "a second and a pause, but for what the device holds"
    );
    last.store(true, Ordering::Release);
    until(&player, "the last part", |heard| heard.place.part == 1 && !heard.waiting);
    let heard = until(&player, "the end", |heard| heard.ended);
    assert!(!heard.playing && heard.place.part == 1, "{heard:?}");
    player.seek(Place { part: 0, seconds: 0.8 });
    until(&player, "another place", |heard| heard.place.part == 0 && !heard.playing && !heard.ended);
    player.resume();
    until(&player, "the end again", |heard| heard.ended);
}

#[test]
fn twice_as_fast_takes_half_as_long() {
    if !has_device() {
        return;
    }
    let player = player();
    player.set_speed(2.0);
    let began = Instant::now();
    player.play(parts(3, true), Place::default());
    until(&player, "the end", |heard| heard.ended);
    let took = began.elapsed();
    assert!((Duration::from_millis(1400)..Duration::from_millis(2800)).contains(&took), "{took:?} for 3.3 s");
}
