//! The gallery's days: midnight is where the person is, also over a change of the clocks.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::UnixMs;
use store::table::picture::Laid;

use crate::view::{PictureDay, PictureOutline};

/// Lays out pictures that stand in the order of time, the newest first.
pub(super) fn of(laid: &[Laid], zone: &TimeZone) -> PictureOutline {
    let mut days: Vec<PictureDay> = Vec::new();
    for one in laid {
        match days.last_mut() {
            // A day is looked up once, not for each of its pictures.
            Some(day) if one.created_at >= day.begins => day.count += 1,
            _ => days.push(PictureDay { begins: midnight(one.created_at, zone), count: 1 }),
        }
    }
    let (ratios, keys) = laid.iter().map(|one| (one.ratio, one.key)).unzip();
    PictureOutline { days, ratios, keys }
}

/// The first moment of the day; for a time that no calendar has, the time itself.
fn midnight(at: UnixMs, zone: &TimeZone) -> UnixMs {
    let begins =
        Timestamp::from_millisecond(at).and_then(|at| at.to_zoned_datetime(zone.clone()).start_of_day());
    begins.map_or(at, |begins| begins.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(times: &[&str]) -> Vec<Laid> {
        let at = |text: &&str| text.parse::<Timestamp>().unwrap().as_millisecond();
        times.iter().map(|time| Laid { key: 1, created_at: at(time), ratio: 100 }).collect()
    }

    fn days(times: &[&str], zone: &str) -> Vec<(String, usize)> {
        let found = of(&laid(times), &TimeZone::get(zone).unwrap());
        assert_eq!(found.ratios.len(), times.len());
        let begins = |day: &PictureDay| Timestamp::from_millisecond(day.begins).unwrap().to_string();
        found.days.iter().map(|day| (begins(day), day.count)).collect()
    }

    #[test]
    fn midnight_is_where_the_person_is() {
        let times = ["2026-11-28T18:00:00Z", "2026-11-28T15:30:00Z", "2026-11-27T16:30:00Z"];
        let utc = [("2026-11-28T00:00:00Z".to_owned(), 2), ("2026-11-27T00:00:00Z".to_owned(), 1)];
        assert_eq!(days(&times, "UTC"), utc);
        let shanghai = [("2026-11-28T16:00:00Z".to_owned(), 1), ("2026-11-27T16:00:00Z".to_owned(), 2)];
        assert_eq!(days(&times, "Asia/Shanghai"), shanghai);
    }

    #[test]
    fn a_day_on_which_the_clocks_change_is_one_day() {
        let times = ["2026-10-25T22:30:00Z", "2026-10-24T22:30:00Z"];
        assert_eq!(days(&times, "Europe/Berlin"), [("2026-10-24T22:00:00Z".to_owned(), 2)], "25 hours");
    }

    #[test]
    fn nothing_is_laid_out_of_nothing_and_no_time_breaks_it() {
        assert_eq!(of(&[], &TimeZone::UTC), PictureOutline::default());
        let far = [Laid { key: 1, created_at: i64::MAX, ratio: 50 }];
        assert_eq!(of(&far, &TimeZone::UTC).days.len(), 1);
    }
}
