-- Services, models, what was learnt, conversations, messages, drafts, settings.
--
-- Every row that others point at has a small integer key beside its 16-byte id: indexes and joins stay
-- narrow at a million messages, and full-text rows can hang on a key that VACUUM does not renumber.

PRAGMA application_id = 0x4D65646C; -- "Medl"

CREATE TABLE service (
  key         INTEGER PRIMARY KEY,
  id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  name        TEXT    NOT NULL DEFAULT '',
  preset      TEXT    NOT NULL DEFAULT 'other',
  address     TEXT    NOT NULL DEFAULT '',
  family      TEXT    NOT NULL DEFAULT '',
  key_place   TEXT    NOT NULL DEFAULT 'none',
  key_ends_in TEXT    NOT NULL DEFAULT '',
  lamps       TEXT    NOT NULL DEFAULT '{}',
  balance     TEXT,
  position    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL DEFAULT 0,
  checked_at  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE model (
  key         INTEGER PRIMARY KEY,
  service_key INTEGER NOT NULL REFERENCES service (key) ON DELETE CASCADE,
  name        TEXT    NOT NULL,
  label       TEXT    NOT NULL DEFAULT '',
  kind        TEXT    NOT NULL DEFAULT 'chat',
  context     INTEGER,
  price_in    REAL,
  price_out   REAL,
  favourite   INTEGER NOT NULL DEFAULT 0,
  typed_in    INTEGER NOT NULL DEFAULT 0, -- the person typed this name once
  listed      INTEGER NOT NULL DEFAULT 1, -- the service listed it last time
  position    INTEGER NOT NULL DEFAULT 0,
  UNIQUE (service_key, name)
) STRICT;

CREATE TABLE learnt (
  service_key INTEGER NOT NULL REFERENCES service (key) ON DELETE CASCADE,
  model       TEXT    NOT NULL DEFAULT '',
  learnt      TEXT    NOT NULL DEFAULT '{}',
  PRIMARY KEY (service_key, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
  key         INTEGER PRIMARY KEY,
  id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  title       TEXT    NOT NULL DEFAULT '',
  title_by    TEXT    NOT NULL DEFAULT 'nobody',
  pinned      INTEGER NOT NULL DEFAULT 0,
  head_key    INTEGER,
  snippet     TEXT    NOT NULL DEFAULT '',
  service_key INTEGER REFERENCES service (key) ON DELETE SET NULL,
  model       TEXT    NOT NULL DEFAULT '',
  created_at  INTEGER NOT NULL DEFAULT 0,
  updated_at  INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER,
  -- The branch shown ends at a message of this very conversation.
  FOREIGN KEY (key, head_key) REFERENCES message (conversation_key, key) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX conversation_list ON conversation (pinned DESC, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversation_bin ON conversation (deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;

-- Words of titles, prepared by search.rs, which alone decides where a word ends; the tokeniser folds case and
-- accents and splits at spaces. rowid is the conversation's key.
CREATE VIRTUAL TABLE conversation_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);

-- What lays out a branch, without its words: walking 10,000 of these touches a few hundred pages.
CREATE TABLE message (
  key              INTEGER PRIMARY KEY,
  id               BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  conversation_key INTEGER NOT NULL REFERENCES conversation (key) ON DELETE CASCADE,
  parent_key       INTEGER,
  role             TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  length           INTEGER NOT NULL DEFAULT 0, -- of the text, in characters
  deleted_at       INTEGER,
  service_key      INTEGER REFERENCES service (key) ON DELETE SET NULL,
  model            TEXT    NOT NULL DEFAULT '',
  answered_by      TEXT    NOT NULL DEFAULT '',
  finish_reason    TEXT    NOT NULL DEFAULT '',
  problem          TEXT,
  usage            TEXT,
  thought_ms       INTEGER,
  first_ms         INTEGER,
  duration_ms      INTEGER,
  created_at       INTEGER NOT NULL DEFAULT 0,
  UNIQUE (conversation_key, key),
  -- A parent is a message of the same conversation. Deferred and without CASCADE: a branch of 10,000 would
  -- cascade deeper than SQLite recurses; the conversation's own CASCADE removes all of them at one level.
  FOREIGN KEY (conversation_key, parent_key) REFERENCES message (conversation_key, key)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX message_children ON message (conversation_key, parent_key, deleted_at);
CREATE INDEX message_streaming ON message (state) WHERE state = 'streaming';
CREATE INDEX message_service ON message (service_key) WHERE service_key IS NOT NULL;

CREATE TABLE message_body (
  key      INTEGER PRIMARY KEY REFERENCES message (key) ON DELETE CASCADE,
  text     TEXT NOT NULL DEFAULT '',
  thoughts TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE draft (
  place      TEXT    PRIMARY KEY,
  text       TEXT    NOT NULL,
  updated_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
