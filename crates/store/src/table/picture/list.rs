//! The gallery as a list: laid out, filtered, a page of it. Only one index is read for all but the rows of a page.

use rusqlite::{OptionalExtension, ToSql};

use super::{Picture, PictureQuery, PictureShape, picture, select_picture};
use crate::search::Search;
use crate::{Error, PictureId, Read, UnixMs};

/// Pictures that are this near to a square are one, in hundredths.
const SQUARE: (i64, i64) = (91, 110);

/// One picture of the gallery's outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Its number, which it keeps as long as it exists.
    pub key: i64,
    /// When it came.
    pub created_at: UnixMs,
    /// A hundred times width by height.
    pub ratio: i64,
}

/// How many pictures the gallery holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureCounts {
    /// All of them.
    pub all: i64,
    /// Those with a star.
    pub starred: i64,
}

/// Which pictures are in the list; the plus keeps SQLite from leaving its order for the words.
macro_rules! shown {
    () => {
        "deleted_at IS NULL AND away = 0 AND created_at >= ?8 AND created_at < ?9 AND (NOT ?1 OR starred) AND (?2 IS NULL OR model = ?2) AND (?3 IS NULL OR origin = ?3)
         AND ratio BETWEEN ?4 AND ?5
         AND (?6 IS NULL OR +key IN (SELECT rowid FROM picture_words(?6)))
         AND (?7 IS NULL OR +key IN (SELECT o.key FROM picture o JOIN generation g ON g.key = o.generation_key
                                     WHERE instr(g.prompt, ?7) > 0))
         AND (?10 IS NULL OR +key IN (SELECT i.picture_key FROM album a JOIN album_picture i ON i.album_key = a.key
                                      WHERE a.id = ?10 AND a.deleted_at IS NULL))
         AND (NOT ?11 OR +key IN (SELECT key FROM picture WHERE media_key IN (
               SELECT media_key FROM picture WHERE media_key IS NOT NULL AND deleted_at IS NULL AND away = 0
               GROUP BY media_key HAVING count(*) > 1)))"
    };
}

const OUTLINE: &str = concat!(
    "SELECT key, created_at, ratio FROM picture WHERE ",
    shown!(),
    " ORDER BY created_at DESC, key DESC"
);

const COUNTS: &str =
    "SELECT count(*), ifnull(sum(starred), 0) FROM picture WHERE deleted_at IS NULL AND away = 0";

const PAGE: &str = concat!(
    "SELECT key FROM picture WHERE ",
    shown!(),
    " ORDER BY created_at DESC, key DESC LIMIT ?12 OFFSET ?13"
);

impl Read {
    /// Every picture of the list, the newest first: enough to lay it out.
    pub fn picture_outline(&self, query: &PictureQuery) -> Result<Vec<Laid>, Error> {
        let mut select = self.connection.prepare_cached(OUTLINE)?;
        let filter = Filter::of(query);
        let rows = select.query_map(&filter.params()[..], |row| {
            Ok(Laid { key: row.get(0)?, created_at: row.get(1)?, ratio: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many pictures there are, whatever is looked for.
    pub fn picture_counts(&self) -> Result<PictureCounts, Error> {
        let mut select = self.connection.prepare_cached(COUNTS)?;
        Ok(select.query_row([], |row| Ok(PictureCounts { all: row.get(0)?, starred: row.get(1)? }))?)
    }

    /// Some pictures of the list, from a place in it on.
    pub fn pictures(&self, query: &PictureQuery, from: u32, count: u32) -> Result<Vec<Picture>, Error> {
        let mut select = self.connection.prepare_cached(PAGE)?;
        let filter = Filter::of(query);
        let mut params = filter.params();
        params.extend([&count as &dyn ToSql, &from]);
        let keys: Vec<i64> =
            select.query_map(&params[..], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut select = self.connection.prepare_cached(select_picture!("WHERE p.key = ?1"))?;
        let rows = keys.iter().map(|key| select.query_row([key], picture));
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Where a picture stands in the whole gallery, the newest being 0; none for a deleted one.
    pub fn picture_place(&self, id: PictureId) -> Result<Option<i64>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT created_at, key FROM picture WHERE id = ?1 AND deleted_at IS NULL AND away = 0",
        )?;
        let found = select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((at, key)): Option<(UnixMs, i64)> = found else { return Ok(None) };
        let mut count = self.connection.prepare_cached(
            "SELECT count(*) FROM picture
             WHERE deleted_at IS NULL AND away = 0 AND created_at >= ?1 AND (created_at > ?1 OR key > ?2)",
        )?;
        Ok(Some(count.query_row([at, key], |row| row.get(0))?))
    }
}

/// What a query asks for, as its statement takes it.
struct Filter<'query> {
    query: &'query PictureQuery,
    least: i64,
    most: i64,
    words: Option<String>,
    signs: Option<String>,
    since: UnixMs,
    until: UnixMs,
}

impl<'query> Filter<'query> {
    fn of(query: &'query PictureQuery) -> Self {
        let (words, signs) = match Search::typed(&query.search) {
            Search::All => (None, None),
            Search::Words(words) => (Some(words), None),
            Search::Literal(signs) => (None, Some(signs)),
        };
        let (least, most) = match query.shape {
            None => (0, i64::MAX),
            Some(PictureShape::Square) => SQUARE,
            Some(PictureShape::Wide) => (SQUARE.1 + 1, i64::MAX),
            Some(PictureShape::Tall) => (0, SQUARE.0 - 1),
        };
        let (since, until) = (query.since.unwrap_or(UnixMs::MIN), query.until.unwrap_or(UnixMs::MAX));
        Self { query, least, most, words, signs, since, until }
    }

    fn params(&self) -> Vec<&dyn ToSql> {
        let Self { query, least, most, words, signs, since, until } = self;
        vec![
            &query.starred,
            &query.model,
            &query.origin,
            least,
            most,
            words,
            signs,
            since,
            until,
            &query.album,
            &query.twice,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTS, OUTLINE, PAGE};
    use crate::Store;

    #[test]
    fn laying_out_and_paging_read_one_index_and_sort_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for sql in [OUTLINE, PAGE, COUNTS] {
            let plan: Vec<String> = store
                .read(|read| {
                    let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let unset = vec![rusqlite::types::Null; explain.parameter_count()];
                    let rows =
                        explain.query_map(rusqlite::params_from_iter(unset), |row| row.get("detail"))?;
                    Ok(rows.collect::<rusqlite::Result<_>>()?)
                })
                .unwrap();
            assert!(plan[0].contains("COVERING INDEX picture_list"), "nothing else is read: {plan:?}");
            let dated = sql == COUNTS || plan[0].contains("(created_at>? AND created_at<?)");
            assert!(dated, "a month of many years costs that month: {plan:?}");
            let album = plan.iter().any(|line| line.contains("SEARCH i USING PRIMARY KEY (album_key=?)"));
            assert!(sql == COUNTS || album, "an album is read by itself: {plan:?}");
            assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "nothing is sorted: {plan:?}");
        }
    }
}
