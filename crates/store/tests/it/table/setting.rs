//! Settings: defaults at first, and one value that is not understood spoils no other.

use store::table::options::Options;
use store::table::setting::{Settings, Theme};

use crate::made;

#[test]
fn settings_begin_as_defaults_and_come_back() {
    let made = made::store();
    assert_eq!(made.store.read(store::Read::settings).unwrap(), Settings::default(), "a new store");
    let settings = Settings {
        theme: Theme::Dark,
        text_scale: 150,
        language: "zh-CN".into(),
        side_folded: true,
        service_id: Some(store::ServiceId::new()),
        model: "m".into(),
        thoughts_open: true,
        options: Options { seed: Some(7), ..Options::default() },
        instructions: "Use metres.".into(),
        ..Settings::default()
    };
    made.store.write(|write| write.set_settings(&settings)).unwrap();
    assert_eq!(made.store.read(store::Read::settings).unwrap(), settings, "nothing is lost");
}

#[test]
fn values_not_understood_are_defaults_and_stay() {
    let made = made::store();
    let settings = Settings { text_scale: 120, ..Settings::default() };
    made.store.write(|write| write.set_settings(&settings)).unwrap();
    made.by_hand(
        r#"UPDATE setting SET value = '"sepia"' WHERE name = 'theme';
           UPDATE setting SET value = 'not json' WHERE name = 'language';
           INSERT INTO setting VALUES ('ofTomorrow', '7');"#,
    );
    assert_eq!(made.store.read(store::Read::settings).unwrap(), settings, "the rest counts");
    made.store.write(|write| write.set_settings(&settings)).unwrap();
    let kept: String = made.query_by_hand("SELECT value FROM setting WHERE name = 'ofTomorrow'");
    assert_eq!(kept, "7", "a newer Medley finds its setting again");
}
