//! The built-in clock: date, weekday and time, where the person is or in a time zone that is named.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use store::UnixMs;

/// The time `now` in a zone; "" for the system's own.
pub(super) fn tell(now: UnixMs, zone: &str) -> Result<String, String> {
    let zone = if zone.is_empty() { TimeZone::system() } else { named(zone)? };
    let instant =
        Timestamp::from_millisecond(now).map_err(|error| format!("The clock is wrong: {error}."))?;
    let there = instant.to_zoned_datetime(zone);
    let told = json!({
        "date": there.strftime("%Y-%m-%d").to_string(),
        "weekday": there.strftime("%A").to_string(),
        "time": there.strftime("%H:%M:%S").to_string(),
        "time_zone": there.time_zone().iana_name().unwrap_or("local"),
        "utc_offset": there.strftime("%:z").to_string(),
    });
    Ok(told.to_string())
}

fn named(zone: &str) -> Result<TimeZone, String> {
    TimeZone::get(zone).map_err(|_| {
        format!("There is no time zone {zone:?}. Use an IANA name such as Europe/Berlin or UTC.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 28 November 2026, 14:05:09 in London.
    const NOW: UnixMs = 1_795_874_709_000;

    #[test]
    fn the_time_is_told_in_any_zone() {
        let tokyo = tell(NOW, "Asia/Tokyo").unwrap();
        let expected = json!({
            "date": "2026-11-28", "weekday": "Saturday", "time": "23:05:09", "time_zone": "Asia/Tokyo",
            "utc_offset": "+09:00",
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&tokyo).unwrap(), expected);
        assert!(tell(NOW, "").is_ok(), "where the person is, whatever the system says");
    }

    #[test]
    fn a_zone_that_does_not_exist_is_said_so() {
        for zone in ["Mars/Olympus", "../../etc/passwd", "🕐", &"x".repeat(10_000)] {
            assert!(tell(NOW, zone).is_err(), "{zone:.20} is no zone");
        }
        assert!(tell(UnixMs::MAX, "UTC").is_err(), "nor is this a time");
    }
}
