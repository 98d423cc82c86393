//! What files tell of the making of their pictures, in the ways in which programs write it down.

use exif::experimental::Writer;
use exif::{Field, In, Tag, Value};
use image::ImageFormat;
use media::{Kind, Making, Told, making, saved};
use proptest::prelude::*;

use crate::drawn::{bytes, jpeg, png, quarters};

/// A PNG with these texts, in the plain form or packed.
fn with_texts(texts: &[(&str, &str)], packed: bool) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    for (name, text) in texts {
        if packed {
            encoder.add_ztxt_chunk((*name).into(), (*text).into()).unwrap();
        } else if text.is_ascii() {
            encoder.add_text_chunk((*name).into(), (*text).into()).unwrap();
        } else {
            encoder.add_itxt_chunk((*name).into(), (*text).into()).unwrap();
        }
    }
    encoder.write_header().unwrap().write_image_data(&[0; 6]).unwrap();
    file
}

/// A JPEG with these fields.
fn with_exif(fields: &[(Tag, Value)]) -> Vec<u8> {
    let fields: Vec<Field> = fields
        .iter()
        .map(|(tag, value)| Field { tag: *tag, ifd_num: In::PRIMARY, value: value.clone() })
        .collect();
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut exif = std::io::Cursor::new(Vec::new());
    writer.write(&mut exif, true).unwrap();
    let exif = [b"Exif\0\0".as_slice(), &exif.into_inner()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = jpeg(&quarters(30, 20));
    let (start, rest) = plain.split_at(2);
    [start, b"\xff\xe1", &length, &exif, rest].concat()
}

fn ascii(text: &str) -> Value {
    Value::Ascii(vec![text.into()])
}

fn setting<'told>(told: &'told Making, name: &str) -> &'told str {
    told.settings.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

const LINES: &str = "a lighthouse, <lora:sea:0.8>\nat night\nNegative prompt: people,\nboats\n\
                     Steps: 20, Sampler: DPM++ 2M, CFG scale: 7, Seed: 4207, Size: 512x768, \
                     Lora hashes: \"sea: ab, sky: cd\", Model: dream_8, Version: v1.9";

#[test]
fn the_lines_that_most_programs_write_are_read_wherever_they_stand() {
    let wide = |big: bool| {
        let units = LINES.encode_utf16();
        let units: Vec<u8> =
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        Value::Undefined([b"UNICODE\0".as_slice(), &units].concat(), 0)
    };
    let ascii = Value::Undefined([b"ASCII\0\0\0".as_slice(), LINES.as_bytes()].concat(), 0);
    for (name, file) in [
        ("png", with_texts(&[("parameters", LINES)], false)),
        ("packed", with_texts(&[("parameters", LINES)], true)),
        ("jpeg", with_exif(&[(Tag::UserComment, wide(true))])),
        ("jpeg the other way round", with_exif(&[(Tag::UserComment, wide(false))])),
        ("jpeg, plain", with_exif(&[(Tag::UserComment, ascii)])),
    ] {
        let told = making(&file);
        assert_eq!(told.prompt, "a lighthouse, <lora:sea:0.8>\nat night", "{name}");
        assert_eq!(told.model, "dream_8", "{name}");
        assert_eq!(setting(&told, "Negative prompt"), "people,\nboats", "{name}");
        assert_eq!((setting(&told, "Seed"), setting(&told, "Steps")), ("4207", "20"), "{name}");
        assert_eq!(setting(&told, "Lora hashes"), "sea: ab, sky: cd", "{name}");
    }
}

#[test]
fn what_medley_wrote_it_reads_again() {
    let told = Told {
        prompt: "雨中 & <fog>\nat dusk".into(),
        settings: "Size: 30x20, Model: dall-e-3, Seed: 7".into(),
    };
    for kind in [Kind::Png, Kind::Jpeg, Kind::WebP] {
        let made = saved(&png(&quarters(30, 20)), kind, Some(&told)).unwrap();
        let read = making(&made.bytes);
        assert_eq!(
            (read.prompt.as_str(), read.model.as_str()),
            ("雨中 & <fog>\nat dusk", "dall-e-3"),
            "{kind:?}"
        );
        assert_eq!(setting(&read, "Seed"), "7", "{kind:?}");
    }
    let only = Told { prompt: "a boat".into(), settings: String::new() };
    let made = saved(&png(&quarters(30, 20)), Kind::Jpeg, Some(&only)).unwrap();
    assert_eq!(making(&made.bytes).prompt, "a boat");
}

#[test]
fn the_words_are_found_in_the_boxes_of_comfyui() {
    let plain = r#"{"3": {"class_type": "KSampler", "inputs": {"seed": 99, "steps": 8, "cfg": 1.5, "sampler_name": "euler",
        "positive": ["6", 0], "negative": ["7", 0], "model": ["4", 0]}},
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sea.safetensors"}},
        "6": {"inputs": {"text": ["9", 0], "clip": ["4", 1]}}, "7": {"inputs": {"text": "fog"}},
        "9": {"inputs": {"value": "a lighthouse"}}, "10": {"is_changed": [NaN]}}"#;
    let told = making(&with_texts(&[("prompt", plain)], false));
    assert_eq!((told.prompt.as_str(), told.model.as_str()), ("a lighthouse", "sea.safetensors"));
    assert_eq!((setting(&told, "Seed"), setting(&told, "Negative prompt")), ("99", "fog"));

    let guided = r#"{"1": {"inputs": {"noise": ["2", 0], "guider": ["3", 0]}}, "2": {"inputs": {"noise_seed": 5}},
        "3": {"inputs": {"conditioning": ["4", 0], "model": ["6", 0]}}, "4": {"inputs": {"guidance": 3.5,
        "conditioning": ["5", 0]}}, "5": {"inputs": {"clip": ["7", 0], "text": "a boat"}},
        "6": {"inputs": {"unet_name": "flux"}}}"#;
    let told = making(&with_exif(&[(Tag::Model, ascii(&format!("prompt:{guided}")))]));
    assert_eq!((told.prompt.as_str(), told.model.as_str(), setting(&told, "Seed")), ("a boat", "flux", "5"));

    let circle = r#"{"1": {"inputs": {"positive": ["2", 0]}}, "2": {"inputs": {"conditioning": ["1", 0]}}}"#;
    assert_eq!(making(&with_texts(&[("prompt", circle)], false)), Making::default());

    let table = r#"{"nodes": [{"id": 3, "inputs": [{"name": "positive", "link": 4}]},
        {"id": 6, "widgets_values": ["a pier"]}], "links": [[4, 6, 0, 3, 1, "CONDITIONING"]]}"#;
    assert_eq!(making(&with_texts(&[("workflow", table)], false)).prompt, "a pier");
}

#[test]
fn programs_that_write_json_are_understood() {
    let invoke = r#"{"positive_prompt": "a boat", "negative_prompt": "fog", "seed": 3, "steps": 30, "cfg_scale": 7.5,
        "model": {"key": "x", "name": "juggernaut"}}"#;
    let fooocus =
        r#"{"Prompt": "a boat", "Negative Prompt": "fog", "Seed": "3", "Base Model": "juggernaut"}"#;
    let swarm = r#"{"sui_image_params": {"prompt": "a boat", "negativeprompt": "fog", "model": "juggernaut", "seed": 3}}"#;
    for (name, text) in [("invokeai_metadata", invoke), ("parameters", fooocus), ("parameters", swarm)] {
        let told = making(&with_texts(&[(name, text)], false));
        assert_eq!((told.prompt.as_str(), told.model.as_str()), ("a boat", "juggernaut"), "{text}");
        assert_eq!((setting(&told, "Seed"), setting(&told, "Negative prompt")), ("3", "fog"), "{text}");
    }
    let comment = r#"{"prompt": "1girl, sea", "steps": 28, "seed": 11, "scale": 5.0, "uc": "lowres"}"#;
    let novel = [
        ("Software", "NovelAI"),
        ("Source", "NovelAI Diffusion V4"),
        ("Description", "1girl"),
        ("Comment", comment),
    ];
    let told = making(&with_texts(&novel, false));
    assert_eq!((told.prompt.as_str(), told.model.as_str()), ("1girl, sea", "NovelAI Diffusion V4"));
    assert_eq!((setting(&told, "Seed"), setting(&told, "CFG scale")), ("11", "5.0"));
}

#[test]
fn midjourney_describes_its_pictures_and_cameras_are_not_believed() {
    let words = "雾中的灯塔 --ar 16:9 --v 6.1 Job ID: 0a1b";
    let told = making(&with_texts(&[("Author", "someone"), ("Description", words)], false));
    assert_eq!((told.prompt.as_str(), told.model.as_str()), ("雾中的灯塔 --ar 16:9 --v 6.1", "Midjourney"));
    assert_eq!((setting(&told, "Author"), setting(&told, "Job ID")), ("someone", "0a1b"));
    let camera = with_exif(&[
        (Tag::ImageDescription, ascii("OLYMPUS DIGITAL CAMERA")),
        (Tag::DateTimeOriginal, ascii("2019:07:04 18:30:05")),
        (Tag::OffsetTimeOriginal, ascii("+02:00")),
    ]);
    let told = making(&camera);
    assert_eq!((told.prompt.as_str(), told.model.as_str(), told.settings.len()), ("", "", 0));
    let taken = told.taken.unwrap();
    assert_eq!((taken.local.as_str(), taken.offset.as_deref()), ("2019-07-04T18:30:05", Some("+02:00")));
    let unset = with_exif(&[(Tag::DateTimeOriginal, ascii("    :  :     :  :  "))]);
    assert_eq!(making(&unset).taken, None, "a camera whose clock was never set");
}

#[test]
fn what_says_nothing_or_too_much_is_left_out() {
    assert_eq!(making(&png(&quarters(3, 2))), Making::default());
    assert_eq!(making(b"no picture"), Making::default());
    let endless = with_texts(&[("parameters", &"a".repeat(40 << 20))], true);
    assert!(endless.len() < 1_000_000, "it is small until it is unpacked");
    assert_eq!(making(&endless), Making::default());
    let deep =
        with_texts(&[("prompt", &"[".repeat(100_000)), ("parameters", &"{\"a\":".repeat(50_000))], false);
    assert_eq!(making(&deep), Making::default());
    let many = format!("a boat\nSteps: 1, {}", "x: y, ".repeat(10_000));
    assert!(making(&with_texts(&[("parameters", &many)], false)).settings.len() <= 60);
}

#[test]
fn many_packed_texts_take_no_more_room_than_one() {
    let long = "a".repeat(3 << 20);
    let after = [("Comment", r#"{"prompt": "a boat"}"#)];
    let told = |names: &[&'static str]| {
        let texts: Vec<_> = names.iter().map(|name| (*name, long.as_str())).chain(after).collect();
        making(&with_texts(&texts, true)).prompt
    };
    // None of these is a setting, so that what comes last is what tells, as far as it was unpacked.
    assert_eq!(told(&["Author"]), "a boat");
    assert_eq!(told(&["Author", "Source", "Author"]), "", "together they are too long");
    assert_eq!(told(&["nobody", "reads", "these"]), "a boat", "and what nobody reads does not count");
    let plain = making(&with_texts(&[("Author", &long), ("parameters", &long)], false));
    assert_eq!(plain, Making::default(), "nor may plain ones be longer");
}

#[test]
fn long_texts_are_read_at_once_and_cut() {
    let begun = std::time::Instant::now();
    let commas = format!("a boat\nSteps: 1{}", ",x".repeat(1_500_000));
    assert_eq!(making(&with_texts(&[("parameters", &commas)], false)).prompt, "a boat");
    let boxes: Vec<_> = (0..30_000)
        .map(|at| format!(r#"{{"id": {at}, "inputs": [{{"name": "positive", "link": {at}}}]}}"#))
        .collect();
    let links: Vec<_> = (0..30_000).map(|at| format!("[{at}, {}]", at + 1)).collect();
    let table = format!(r#"{{"nodes": [{}], "links": [{}]}}"#, boxes.join(","), links.join(","));
    assert_eq!(making(&with_texts(&[("workflow", &table)], false)), Making::default());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());

    let long = "雾".repeat(200_000);
    let texts = format!("{long}\nSteps: 1, {long}: 1, Model: {long}");
    let told = making(&with_texts(&[("parameters", &texts)], false));
    let letters = |text: &str| text.chars().count();
    assert_eq!((letters(&told.prompt), letters(&told.model)), (32_000, 200));
    assert!(told.settings.iter().all(|(name, _)| letters(name) <= 200));
}

#[test]
fn exif_that_is_too_long_is_not_read() {
    let with = |length: usize| {
        let mut writer = Writer::new();
        let words = [
            b"prompt:".as_slice(),
            br#"{"1": {"inputs": {"positive": ["2", 0]}}, "2": {"inputs": {"text": "a boat"}}}"#,
        ];
        let field = Field {
            tag: Tag::Make,
            ifd_num: In::PRIMARY,
            value: Value::Ascii(vec![[words.concat(), vec![b' '; length]].concat()]),
        };
        writer.push_field(&field);
        let mut exif = std::io::Cursor::new(Vec::new());
        writer.write(&mut exif, true).unwrap();
        let mut file = Vec::new();
        let mut info = png::Info::with_size(2, 1);
        info.color_type = png::ColorType::Rgb;
        info.bit_depth = png::BitDepth::Eight;
        info.exif_metadata = Some(exif.into_inner().into());
        let encoder = png::Encoder::with_info(&mut file, info).unwrap();
        encoder.write_header().unwrap().write_image_data(&[0; 6]).unwrap();
        making(&file).prompt
    };
    assert_eq!(with(10), "a boat");
    assert_eq!(with(5 << 20), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_stands_in_a_file_nothing_breaks(
        text in any::<String>(),
        name in prop_oneof![Just("parameters"), Just("prompt"), Just("workflow"), Just("Comment"), Just("Description")],
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
        form in 0..3_usize,
    ) {
        let told = Told { prompt: text.clone(), settings: "Size: 3x2, Model: m".into() };
        let mut file = match form {
            0 => with_texts(&[(name, &text.replace('\0', ""))], false),
            1 => saved(&bytes(&quarters(9, 6), ImageFormat::Png), Kind::Jpeg, Some(&told)).unwrap().bytes,
            _ => saved(&bytes(&quarters(9, 6), ImageFormat::Png), Kind::WebP, Some(&told)).unwrap().bytes,
        };
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        prop_assert!(making(&file).settings.len() <= 60);
    }
}
