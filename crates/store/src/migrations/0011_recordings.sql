-- Recordings: sounds that were recorded or brought, and what is said in them, line by line.

CREATE TABLE recording (
  key         INTEGER PRIMARY KEY,
  id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  media_key   INTEGER REFERENCES media (key), -- none while it is being recorded
  name        TEXT    NOT NULL DEFAULT '',
  origin      TEXT    NOT NULL DEFAULT 'imported',
  state       TEXT    NOT NULL DEFAULT 'kept',
  duration_ms INTEGER NOT NULL DEFAULT 0,
  peaks       BLOB    NOT NULL DEFAULT x'',   -- how loud it is, ten times a second
  heard_ms    INTEGER NOT NULL DEFAULT 0,     -- where listening stopped
  created_at  INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER
) STRICT;

CREATE INDEX recording_list ON recording (created_at DESC, key DESC) WHERE deleted_at IS NULL;
CREATE INDEX recording_bin ON recording (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX recording_running ON recording (key) WHERE state = 'recording';
CREATE INDEX recording_media ON recording (media_key) WHERE media_key IS NOT NULL;

-- One for each task: as it is spoken, and in English. It outlives its service.
CREATE TABLE transcript (
  key           INTEGER PRIMARY KEY,
  id            BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  recording_key INTEGER NOT NULL REFERENCES recording (key) ON DELETE CASCADE,
  task          TEXT    NOT NULL DEFAULT 'transcribe',
  service_key   INTEGER REFERENCES service (key) ON DELETE SET NULL,
  model         TEXT    NOT NULL DEFAULT '',
  options       TEXT    NOT NULL DEFAULT '{}',
  state         TEXT    NOT NULL DEFAULT 'queued',
  problem       TEXT,
  language      TEXT    NOT NULL DEFAULT '',
  queued_at     INTEGER NOT NULL DEFAULT 0,
  created_at    INTEGER NOT NULL DEFAULT 0,
  UNIQUE (recording_key, task)
) STRICT;

CREATE INDEX transcript_queue ON transcript (queued_at, key) WHERE state = 'queued';
CREATE INDEX transcript_running ON transcript (key) WHERE state = 'running';
CREATE INDEX transcript_service ON transcript (service_key) WHERE service_key IS NOT NULL;

-- One request each. sent_at is written before anything is sent that may have to be paid for.
CREATE TABLE transcript_part (
  transcript_key INTEGER NOT NULL REFERENCES transcript (key) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  start_ms       INTEGER NOT NULL,
  end_ms         INTEGER NOT NULL,
  state          TEXT    NOT NULL DEFAULT 'missing',
  sent_at        INTEGER,
  cost           REAL,                        -- US dollars
  PRIMARY KEY (transcript_key, position)
) STRICT, WITHOUT ROWID;

-- In the order of their beginnings. What the person wrote stands beside what came.
-- No number is given twice, for "Undo" puts lines back under theirs.
CREATE TABLE line (
  key            INTEGER PRIMARY KEY AUTOINCREMENT,
  transcript_key INTEGER NOT NULL REFERENCES transcript (key) ON DELETE CASCADE,
  start_ms       INTEGER NOT NULL DEFAULT 0,
  end_ms         INTEGER NOT NULL DEFAULT 0,
  speaker        TEXT    NOT NULL DEFAULT '',
  text           TEXT    NOT NULL DEFAULT '',
  said           TEXT    NOT NULL DEFAULT '', -- as it came
  words          TEXT    NOT NULL DEFAULT '[]'
) STRICT;

CREATE INDEX line_order ON line (transcript_key, start_ms, key);

-- Words of names and lines, as message_words holds those of messages. rowid is the recording's key.
CREATE VIRTUAL TABLE recording_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);
