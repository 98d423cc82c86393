//! Reading aloud: what is sent, what is kept, what goes wrong, and that nothing is paid for twice unasked.

use engine::media::{Found, Wanted};
use engine::view::{Event, Speak};
use engine::{Code, Sound, SoundId, SoundOptions, SoundState};
use serde_json::Value;
use store::table::sound::SoundPartState;

use crate::cast::{Cast, eventually};

const SENTENCE: &str = "The river rises in the hills, crosses the plain and reaches the sea. ";

fn wish(cast: &Cast, model: &str, text: &str) -> Speak {
    Speak {
        service_id: cast.service.id,
        model: model.into(),
        voice: "nova".into(),
        text: text.into(),
        message_id: None,
        options: SoundOptions::default(),
    }
}

async fn ended(cast: &Cast, id: SoundId) -> Sound {
    let speech = cast.engine.speech();
    for _ in 0..2400 {
        let sound = speech.sound(id).await.unwrap().sound;
        if sound.state != SoundState::Making {
            return sound;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the sound did not end");
}

async fn spoken(cast: &Cast, model: &str, text: &str) -> Sound {
    let sound = cast.engine.speech().speak(wish(cast, model, text)).await.unwrap();
    ended(cast, sound.id).await
}

fn code(sound: &Sound) -> &str {
    sound.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

/// The bodies of all requests for speech so far.
fn asked(cast: &Cast) -> Vec<Value> {
    let requests = cast.demo.requests().into_iter();
    requests.filter(|seen| seen.path.ends_with("/audio/speech")).map(|seen| seen.body).collect()
}

fn parts(cast: &Cast, id: SoundId) -> Vec<store::table::sound::SoundPart> {
    let store = store::Store::open(cast.home.path()).unwrap();
    store.read(|read| read.sound_parts(id)).unwrap()
}

#[tokio::test]
async fn models_that_speak_are_offered_with_what_they_take() {
    let cast = Cast::new().await;
    let speakers = cast.engine.speech().speakers().await.unwrap();
    let found: Vec<_> =
        speakers.iter().map(|one| (one.model.as_str(), one.voices.len(), one.instructions)).collect();
    assert_eq!(found, [("gpt-4o-mini-tts", 13, true), ("tts-1", 6, false), ("tts-1-hd", 6, false)]);
}

#[tokio::test]
async fn a_long_text_comes_in_parts_that_are_kept_as_they_came() {
    let cast = Cast::new().await;
    let mut events = cast.engine.listen();
    let text = SENTENCE.repeat(80);
    let sound = spoken(&cast, "tts-1", &text).await;
    assert_eq!((sound.state, code(&sound), sound.parts, sound.kept), (SoundState::Done, "", 3, 3));
    assert!(sound.title.starts_with("The river rises"), "{}", sound.title);
    let sent = asked(&cast);
    let inputs: Vec<&str> = sent.iter().map(|body| body["input"].as_str().unwrap()).collect();
    assert_eq!(inputs.join(" "), text.trim(), "every word once, in order");
    assert!(inputs.iter().all(|input| input.len() <= 4096 && input.ends_with("sea.")), "cut at sentences");
    assert!(inputs[0].len() < 401, "something is heard soon");
    let fields: Vec<_> = sent[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["model", "input", "voice"], "and no default");
    let parts = parts(&cast, sound.id);
    for part in &parts {
        let media = part.media_id.unwrap().to_string();
        let found = cast.engine.media().piece(&media, None, Wanted::All).await.unwrap();
        let Found::Piece(piece) = found else { panic!("the file is whole") };
        assert_eq!(piece.mime, "audio/mpeg");
        assert!(piece.bytes.starts_with(b"\xff\xf3"), "as it came");
    }
    let total: i64 = parts.iter().map(|part| part.duration_ms).sum();
    assert_eq!(sound.duration_ms, total);
    let page = cast.engine.speech().sound(sound.id).await.unwrap();
    assert_eq!(page.sentences.len(), 80);
    let times: Vec<i64> = page.sentences.iter().filter_map(|one| one.start_ms).collect();
    assert!(times.len() == 80 && times.is_sorted() && times[0] == 0, "each is spoken after the one before");
    assert_eq!(page.sentences.last().unwrap().end_ms, Some(total), "the last ends where the sound does");
    assert!(page.peaks.len().abs_diff(usize::try_from(total / 100).unwrap()) <= 3, "ten peaks a second");
    let told = std::iter::from_fn(|| events.try_recv().ok());
    let kept: Vec<i64> = told
        .filter_map(|event| match event {
            Event::Sound { sound } => Some(sound.kept),
            _ => None,
        })
        .collect();
    assert!(
        kept.first() == Some(&0) && kept.last() == Some(&3) && kept.is_sorted(),
        "each part is told: {kept:?}"
    );
}

#[tokio::test]
async fn only_what_fits_the_model_is_sent() {
    let cast = Cast::new().await;
    let options =
        SoundOptions { speed: Some(1.5), format: Some("wav".into()), instructions: "whisper".into() };
    for model in ["tts-1", "gpt-4o-mini-tts"] {
        let wish = Speak { options: options.clone(), ..wish(&cast, model, "Hello there.") };
        let sound = cast.engine.speech().speak(wish).await.unwrap();
        assert_eq!(ended(&cast, sound.id).await.state, SoundState::Done, "{model}");
    }
    let sent = asked(&cast);
    assert!(sent[0].get("instructions").is_none() && sent[1]["instructions"] == "whisper");
    assert!(sent.iter().all(|body| body["speed"] == 1.5 && body["response_format"] == "wav"));
    let speech = cast.engine.speech();
    for (wish, wanted) in [
        (Speak { text: " ".into(), ..wish(&cast, "tts-1", "") }, Code::NothingToSend),
        (Speak { voice: " ".into(), ..wish(&cast, "tts-1", "a") }, Code::OptionWrong),
        (Speak { model: " ".into(), ..wish(&cast, "tts-1", "a") }, Code::ModelMissing),
    ] {
        assert_eq!(speech.speak(wish).await.unwrap_err().code, wanted);
    }
    assert_eq!(asked(&cast).len(), 2, "nothing of that was sent");
}

#[tokio::test]
async fn what_goes_wrong_is_said_and_what_came_is_kept() {
    let cast = Cast::new().await;
    for (words, wanted, kept, heard) in [
        ("[no money]", "balance_empty", 1, 1),
        ("[refused with 200]", "balance_empty", 1, 1),
        ("[web page]", "not_an_api", 1, 1),
        ("[cut]", "speech_cut", 1, 2),
        ("[empty]", "speech_maybe_paid", 1, 1),
        ("[damaged]", "sound_damaged", 1, 1),
    ] {
        let before = asked(&cast).len();
        let text = format!("{}{words}", SENTENCE.repeat(8));
        let sound = spoken(&cast, "tts-1", &text).await;
        assert_eq!((sound.state, code(&sound)), (SoundState::Failed, wanted), "{words}");
        assert_eq!((sound.parts, sound.kept), (2, kept), "{words}: the first part is here");
        let parts = parts(&cast, sound.id);
        let audible = parts.iter().filter(|part| part.duration_ms > 0).count();
        assert_eq!(audible, heard, "{words}: what came can be heard");
        assert_eq!(asked(&cast).len() - before, 2, "{words}: each part was asked for once");
        if words == "[damaged]" {
            assert_eq!(parts[1].state, SoundPartState::Cut);
            assert!(parts[1].media_id.is_some(), "also what nobody can decode is kept");
        }
        let before = asked(&cast).len();
        cast.engine.speech().go_on(sound.id).await.unwrap();
        let again = ended(&cast, sound.id).await;
        assert_eq!((again.state, code(&again)), (SoundState::Failed, wanted), "{words}");
        let sent = asked(&cast).split_off(before);
        assert_eq!(sent.len(), 1, "{words}: only what is missing is asked for");
        assert!(sent[0]["input"].as_str().unwrap().ends_with(words), "{words}");
    }
    let refused = spoken(&cast, "tts-1", "[no money]").await;
    assert_eq!((refused.state, refused.kept, refused.duration_ms), (SoundState::Failed, 0, 0));
    let done = spoken(&cast, "tts-1", "Hello.").await;
    assert_eq!(cast.engine.speech().go_on(done.id).await.unwrap_err().code, Code::Gone, "nothing is missing");
}

#[tokio::test]
async fn what_comes_under_a_wrong_name_is_known_by_its_bytes() {
    let cast = Cast::new().await;
    let options = SoundOptions { format: Some("mp3".into()), ..SoundOptions::default() };
    let wish = Speak { options, ..wish(&cast, "tts-1", "Hello there. [wrong name]") };
    let sound = cast.engine.speech().speak(wish).await.unwrap();
    assert_eq!(ended(&cast, sound.id).await.state, SoundState::Done);
    let name = cast.engine.speech().file_name(sound.id).await.unwrap();
    assert_eq!(name, "Hello there. [wrong name].wav");
}

#[tokio::test]
async fn every_form_is_kept_measured_and_taken_out() {
    let cast = Cast::new().await;
    for (format, ending) in
        [("mp3", "mp3"), ("opus", "ogg"), ("aac", "aac"), ("flac", "flac"), ("wav", "wav"), ("pcm", "pcm")]
    {
        let options = SoundOptions { format: Some(format.into()), ..SoundOptions::default() };
        let wish = Speak { options, ..wish(&cast, "tts-1", &SENTENCE.repeat(8)) };
        let sound = cast.engine.speech().speak(wish).await.unwrap();
        let sound = ended(&cast, sound.id).await;
        assert_eq!((sound.state, sound.parts), (SoundState::Done, 2), "{format}: {:?}", sound.problem);
        assert!((35_000..60_000).contains(&sound.duration_ms), "{format} is {} ms long", sound.duration_ms);
        let name = cast.engine.speech().file_name(sound.id).await.unwrap();
        // FLAC files cannot stand one behind the other in one file, and Ogg files are not played so everywhere.
        let ending = if matches!(format, "flac" | "opus") { "wav" } else { ending };
        assert!(name.ends_with(&format!(".{ending}")), "{format}: {name}");
        let to = cast.home.path().join(&name);
        cast.engine.speech().save(sound.id, to.clone()).await.unwrap();
        assert!(std::fs::metadata(&to).unwrap().len() > 1000, "{format} is written");
    }
}

#[tokio::test]
async fn a_kill_loses_nothing_that_came_and_pays_nothing_twice() {
    let mut cast = Cast::new().await;
    let text = format!("{}[silent]", SENTENCE.repeat(8));
    let sound = cast.engine.speech().speak(wish(&cast, "tts-1", &text)).await.unwrap();
    eventually("both requests", || Some(()).filter(|()| asked(&cast).len() == 2)).await;
    cast.reopen_at(engine::Clock::system()).await;
    let found = cast.engine.speech().sound(sound.id).await.unwrap();
    assert_eq!((found.sound.state, code(&found.sound)), (SoundState::Interrupted, "speech_interrupted"));
    assert_eq!((found.sound.kept, found.text.as_str()), (1, text.trim()), "what came is here");
    cast.engine.warm().await;
    assert_eq!(asked(&cast).len(), 2, "nothing is asked for by itself");
    cast.engine.speech().go_on(sound.id).await.unwrap();
    eventually("one more", || Some(()).filter(|()| asked(&cast).len() == 3)).await;
    assert!(asked(&cast)[2]["input"].as_str().unwrap().ends_with("[silent]"), "only what is missing");
    cast.engine.speech().stop(sound.id).await.unwrap();
    let stopped = ended(&cast, sound.id).await;
    assert_eq!((stopped.state, code(&stopped)), (SoundState::Stopped, "cancelled_late"), "it had been sent");
}

#[tokio::test]
async fn sounds_are_found_renamed_deleted_and_brought_back() {
    let cast = Cast::new().await;
    let speech = cast.engine.speech();
    let river = spoken(&cast, "tts-1", "The river is deep.").await;
    let chinese = spoken(&cast, "tts-1", "今天的天气很好。").await;
    let found = async |search: &str| -> Vec<SoundId> {
        speech.list(search.into(), 0, 100).await.unwrap().into_iter().map(|sound| sound.id).collect()
    };
    assert_eq!(found("").await, [chinese.id, river.id], "the newest first");
    assert_eq!((found("riv").await, found("天气").await), (vec![river.id], vec![chinese.id]));
    speech.rename(river.id, " Water ".into()).await.unwrap();
    assert_eq!(found("water").await, [river.id]);
    assert_eq!(found("deep").await, [river.id], "its text is still looked at");
    assert_eq!(speech.rename(river.id, " ".into()).await.unwrap_err().code, Code::NameMissing);
    speech.remove(river.id).await.unwrap();
    assert_eq!(found("").await, [chinese.id]);
    speech.restore(river.id).await.unwrap();
    assert_eq!(found("").await, [chinese.id, river.id], "where it was");
}

#[tokio::test]
async fn playing_says_how_it_stands() {
    let cast = Cast::new().await;
    let sound = spoken(&cast, "tts-1", &SENTENCE.repeat(3)).await;
    let speech = cast.engine.speech();
    assert_eq!(speech.playback().sound_id, None);
    speech.play(sound.id, Some(2000)).await.unwrap();
    let heard = eventually("a word", || {
        let now = speech.playback();
        Some(now.clone()).filter(|it| it.problem.is_some() || it.position_ms > 2200)
    });
    let heard = heard.await;
    assert_eq!(heard.sound_id, Some(sound.id));
    match heard.problem {
        // A computer without a device says so and stays where it was.
        Some(problem) => assert_eq!((problem.code.as_str(), heard.position_ms), ("no_sound_device", 2000)),
        None => assert!(heard.playing, "it plays from there"),
    }
    speech.remove(sound.id).await.unwrap();
    eventually("silence", || Some(()).filter(|()| speech.playback().sound_id.is_none())).await;
}

#[tokio::test]
async fn an_answer_is_read_aloud_as_somebody_would_say_it_and_paid_for_once() {
    let cast = Cast::new().await;
    let answer = cast.ask("plain", "Name a river.").await.message;
    let speech = cast.engine.speech();
    let of_answer = Speak { message_id: Some(answer.id), ..wish(&cast, "tts-1", "") };
    let sound = ended(&cast, speech.speak(of_answer.clone()).await.unwrap().id).await;
    assert_eq!((sound.state, sound.message_id), (SoundState::Done, Some(answer.id)));
    let said = speech.sound(sound.id).await.unwrap().text;
    assert_eq!(said, text::spoken(&answer.text));
    let paid = asked(&cast).len();
    assert_eq!(speech.speak(of_answer.clone()).await.unwrap().id, sound.id, "it is played again");
    assert_eq!(asked(&cast).len(), paid, "and nobody is asked");
    let other = Speak { voice: "echo".into(), ..of_answer.clone() };
    let other = ended(&cast, speech.speak(other).await.unwrap().id).await;
    assert_ne!(other.id, sound.id, "another voice is another sound");
    speech.remove(sound.id).await.unwrap();
    let anew = ended(&cast, speech.speak(of_answer).await.unwrap().id).await;
    assert_ne!(anew.id, sound.id, "what was deleted is made anew");
    cast.engine.chat().remove_message(answer.id).await.unwrap();
    assert_eq!(speech.sound(anew.id).await.unwrap().sound.state, SoundState::Done, "the sound stays");
}

#[tokio::test]
async fn what_says_nothing_is_not_sent() {
    let cast = Cast::new().await;
    let gone = Speak { message_id: Some(store::MessageId::new()), ..wish(&cast, "tts-1", "") };
    assert_eq!(cast.engine.speech().speak(gone).await.unwrap_err().code, Code::Gone);
    assert_eq!(asked(&cast).len(), 0);
}

#[tokio::test]
async fn who_stops_listening_pays_for_no_more_and_gets_what_was_paid_for() {
    let cast = Cast::new().await;
    let answer = cast.ask("firehose", "Say much.").await.message;
    let speech = cast.engine.speech();
    let wish = Speak { message_id: Some(answer.id), ..wish(&cast, "tts-1", "") };
    let sound = speech.speak(wish.clone()).await.unwrap();
    assert!(sound.parts > 4, "it comes in many parts: {}", sound.parts);
    speech.enough(sound.id).await.unwrap();
    let stopped = ended(&cast, sound.id).await;
    assert_eq!((stopped.state, code(&stopped)), (SoundState::Stopped, ""));
    let out = || parts(&cast, sound.id).iter().filter(|part| part.sent_at.is_some()).count();
    let all_here = || {
        let parts = parts(&cast, sound.id);
        parts.iter().all(|part| part.sent_at.is_none() || part.state == SoundPartState::Kept).then_some(())
    };
    eventually("what was asked for is here", all_here).await;
    assert!(out() < parts(&cast, sound.id).len(), "not all parts were asked for");
    let again = speech.speak(wish).await.unwrap();
    assert_eq!(again.id, sound.id, "it goes on");
    let done = ended(&cast, sound.id).await;
    assert_eq!((done.state, done.kept), (SoundState::Done, done.parts));
    assert_eq!(asked(&cast).len(), parts(&cast, sound.id).len(), "each part was asked for once");
}
