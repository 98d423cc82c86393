//! Recording: with a microphone where there is one, and with clear words where there is none. What a kill left is repaired.

use std::fs;
use std::time::Duration;

use audio::{Deaf, Kind, Recorder, Stage, Taken, measure, repair};

use crate::sounds::{RATE, endless, tone};

#[test]
fn a_file_that_broke_off_is_repaired_to_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    let mut file = endless(&tone(440.0, 1500));
    file.push(7);
    fs::write(&path, &file).unwrap();
    assert!(repair(&path).unwrap());
    let whole = fs::read(&path).unwrap();
    assert_eq!(whole.len(), file.len() - 1, "half a sample is no sound");
    assert_eq!(whole[40..44], u32::try_from(whole.len() - 44).unwrap().to_le_bytes());
    assert_eq!(measure(whole, Kind::Wav).unwrap().duration, Duration::from_millis(1500));
    fs::write(&path, &file[..44]).unwrap();
    assert!(!repair(&path).unwrap(), "a header alone is nothing");
    assert!(repair(&folder.path().join("b.wav")).is_err(), "{RATE}");
}

#[test]
fn what_is_heard_is_in_the_file_while_it_is_spoken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    let (tell, told) = std::sync::mpsc::channel::<Taken>();
    let recorder = match Recorder::arm(None, move |taken| {
        // Nobody listens any more once the test is over.
        let _heard = tell.send(taken);
    }) {
        Ok(recorder) => recorder,
        // A computer without a microphone says so.
        Err(deaf) => {
            assert_eq!(deaf, Deaf::NoMicrophone);
            return;
        }
    };
    std::thread::sleep(Duration::from_millis(400));
    recorder.begin(path.clone()).unwrap();
    std::thread::sleep(Duration::from_millis(1000));
    let written = fs::metadata(&path).unwrap().len();
    assert!(written > 44 + 2 * 8_000, "{written} bytes are there while it runs");
    recorder.pause(true);
    std::thread::sleep(Duration::from_millis(500));
    let paused = fs::metadata(&path).unwrap().len();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(fs::metadata(&path).unwrap().len(), paused, "nothing is written while it waits");
    recorder.pause(false);
    std::thread::sleep(Duration::from_millis(300));
    let ended = recorder.end().unwrap();
    let long = measure(fs::read(&ended.path).unwrap(), Kind::Wav).unwrap().duration;
    assert!(long.abs_diff(ended.duration) < Duration::from_millis(2), "{long:?}");
    assert!((1300..2400).contains(&long.as_millis()), "with the moment before, without the pause: {long:?}");
    assert_eq!(recorder.end(), None, "nothing is recorded any more");
    drop(recorder);
    let stages: Vec<Stage> = told.iter().map(|taken| taken.stage).collect();
    assert!(stages.contains(&Stage::Armed) && stages.contains(&Stage::Paused), "{stages:?}");
    assert!(stages.len() < 100, "at most some 25 tellings a second: {}", stages.len());
}
