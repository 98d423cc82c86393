//! Where each part of an export goes: one file, or a folder with a file for each conversation.

use std::io::Write;
use std::path::{Path, PathBuf};

use store::{ConversationId, Read, Store, UnixMs};

use super::file::{Draft, DraftFolder};
use super::media::Files;
use super::name::{self, Names};
use super::talk::Talk;
use super::{Setting, html, json, markdown};
use crate::view::ExportFormat;
use crate::{Code, Error};

/// The folder of files in an export that is a folder itself.
const FILES: &str = "files";

/// One export being written.
pub(super) struct Job<'read> {
    pub(super) read: &'read Read,
    pub(super) store: Store,
    pub(super) setting: Setting,
    pub(super) format: ExportFormat,
    pub(super) now: UnixMs,
}

/// Tells that so many are done; answers false when the person wants it to stop.
pub(super) type Tell<'tell> = &'tell mut dyn FnMut(usize) -> bool;

impl Job<'_> {
    /// One conversation to one file. Returns where it lies.
    pub(super) fn one(mut self, id: ConversationId, to: &Path, tell: Tell) -> Result<PathBuf, Error> {
        let stem = to.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let parent = to.parent().unwrap_or_else(|| Path::new(""));
        self.setting.files = Files::beside(self.store.clone(), parent, &format!("{stem}_{FILES}"));
        let mut out = Draft::begin(to)?;
        if self.format == ExportFormat::Json {
            self.all_as_json(&mut out, &[id], tell)?;
        } else {
            self.talk(&mut out, &Talk::open(self.read, id, &self.setting)?)?;
        }
        out.finish()?;
        self.setting.files.finish();
        tell(1);
        Ok(to.to_owned())
    }

    /// Several conversations into a new folder below `parent`: a file for each, and a page that leads to them; as JSON
    /// one file for all. Returns where it lies.
    pub(super) fn many(
        mut self,
        ids: &[ConversationId],
        parent: &Path,
        tell: Tell,
    ) -> Result<PathBuf, Error> {
        let stem = name::file(&format!("{} {}", self.setting.words.folder, self.day()), "Medley");
        let folder = DraftFolder::begin(parent, &stem)?;
        self.setting.files = Files::beside(self.store.clone(), folder.path(), FILES);
        if self.format == ExportFormat::Json {
            let mut out = Draft::begin(&folder.path().join(format!("{stem}.json")))?;
            self.all_as_json(&mut out, ids, tell)?;
            out.finish()?;
        } else {
            self.one_by_one(ids, folder.path(), tell)?;
        }
        // From here on they belong to the folder.
        self.setting.files.finish();
        folder.finish(parent, &stem)
    }

    fn one_by_one(&self, ids: &[ConversationId], folder: &Path, tell: Tell) -> Result<(), Error> {
        let mut names = Names::default();
        // The page that leads to the others, and what lies beside them.
        names.one("index");
        names.one(FILES);
        let mut rows = Vec::with_capacity(ids.len());
        for (at, id) in ids.iter().enumerate() {
            go_on(tell, at)?;
            let talk = Talk::open(self.read, *id, &self.setting)?;
            let stem = names.one(&name::file(talk.title(), &self.setting.words.untitled));
            let file = format!("{stem}.{}", self.format.ending());
            let mut out = Draft::begin(&folder.join(&file))?;
            self.talk(&mut out, &talk)?;
            out.finish()?;
            rows.push((file, talk.title().to_owned(), talk.row.updated_at));
        }
        if self.format == ExportFormat::Html {
            let mut out = Draft::begin(&folder.join("index.html"))?;
            html::index(&mut out, &rows, &self.setting)?;
            out.finish()?;
        }
        go_on(tell, ids.len())
    }

    fn all_as_json(&self, out: &mut impl Write, ids: &[ConversationId], tell: Tell) -> Result<(), Error> {
        let names = json::Names::read(self.read)?;
        json::begin(out, self.now)?;
        for (at, id) in ids.iter().enumerate() {
            go_on(tell, at)?;
            json::write(out, &Talk::open(self.read, *id, &self.setting)?, &self.setting, &names, at == 0)?;
        }
        json::end(out)
    }

    fn talk(&self, out: &mut impl Write, talk: &Talk<'_>) -> Result<(), Error> {
        match self.format {
            ExportFormat::Html => html::write(out, talk, &self.setting),
            _ => markdown::write(out, talk, &self.setting),
        }
    }

    /// 2026-11-20
    fn day(&self) -> String {
        self.setting.time(self.now).split(' ').next().unwrap_or_default().to_owned()
    }
}

fn go_on(tell: Tell, done: usize) -> Result<(), Error> {
    if tell(done) { Ok(()) } else { Err(Code::Stopped.into()) }
}
