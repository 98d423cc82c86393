-- Sounds: texts that were read aloud, part by part.

-- A row outlives its service. Its parts hold what came.
CREATE TABLE sound (
  key         INTEGER PRIMARY KEY,
  id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  service_key INTEGER REFERENCES service (key) ON DELETE SET NULL,
  model       TEXT    NOT NULL DEFAULT '',
  voice       TEXT    NOT NULL DEFAULT '',
  title       TEXT    NOT NULL DEFAULT '',
  text        TEXT    NOT NULL DEFAULT '',
  options     TEXT    NOT NULL DEFAULT '{}',
  state       TEXT    NOT NULL DEFAULT 'making',
  problem     TEXT,
  heard_ms    INTEGER NOT NULL DEFAULT 0,     -- where listening stopped
  created_at  INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER
) STRICT;

CREATE INDEX sound_list ON sound (created_at DESC, key DESC) WHERE deleted_at IS NULL;
CREATE INDEX sound_bin ON sound (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX sound_making ON sound (key) WHERE state = 'making';
CREATE INDEX sound_service ON sound (service_key) WHERE service_key IS NOT NULL;

-- One request each. sent_at is written before anything is sent that may have to be paid for.
CREATE TABLE sound_part (
  sound_key   INTEGER NOT NULL REFERENCES sound (key) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  start       INTEGER NOT NULL,               -- bytes of the text before it
  length      INTEGER NOT NULL,               -- bytes of the text in it
  state       TEXT    NOT NULL DEFAULT 'missing',
  media_key   INTEGER REFERENCES media (key),
  sent_at     INTEGER,
  duration_ms INTEGER NOT NULL DEFAULT 0,
  peaks       BLOB    NOT NULL DEFAULT x'',   -- how loud it is, ten times a second
  cost        REAL,                           -- US dollars
  PRIMARY KEY (sound_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX sound_part_media ON sound_part (media_key) WHERE media_key IS NOT NULL;

-- Words of titles and texts, as message_words holds those of messages. rowid is the sound's key.
CREATE VIRTUAL TABLE sound_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);
