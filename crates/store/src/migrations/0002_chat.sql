-- Chat with everything it can do: options, instructions, folders, versions side by side, tool calls, sources.

CREATE TABLE folder (
  key        INTEGER PRIMARY KEY,
  id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT    NOT NULL DEFAULT '',
  position   INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
) STRICT;

ALTER TABLE conversation ADD COLUMN kind TEXT NOT NULL DEFAULT 'chat';
ALTER TABLE conversation ADD COLUMN instructions TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN options TEXT NOT NULL DEFAULT '{}';  -- what differs from the person's usual ones
ALTER TABLE conversation ADD COLUMN summary TEXT;                        -- what stands for its beginning when it is sent
ALTER TABLE conversation ADD COLUMN folder_key INTEGER REFERENCES folder (key) ON DELETE SET NULL;
ALTER TABLE conversation ADD COLUMN archived_at INTEGER;

CREATE INDEX conversation_folder ON conversation (folder_key) WHERE folder_key IS NOT NULL;

ALTER TABLE message ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;   -- asked together with its siblings, shown beside them
ALTER TABLE message ADD COLUMN adapted TEXT NOT NULL DEFAULT '[]';  -- fields left out because the model refused them
ALTER TABLE message ADD COLUMN sent TEXT;                           -- how much of the conversation went along

ALTER TABLE message_body ADD COLUMN suffix TEXT NOT NULL DEFAULT '';       -- what follows the gap, in a text that is continued
ALTER TABLE message_body ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';      -- tool calls
ALTER TABLE message_body ADD COLUMN citations TEXT NOT NULL DEFAULT '[]';  -- sources

-- Tools that models may call: the built-in ones, for what the person allows them, and the person's own functions.

CREATE TABLE tool (
  key         INTEGER PRIMARY KEY,
  id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  name        TEXT    NOT NULL UNIQUE,
  description TEXT    NOT NULL DEFAULT '',
  parameters  TEXT    NOT NULL DEFAULT '{}',  -- a JSON schema
  policy      TEXT    NOT NULL DEFAULT 'ask',
  builtin     INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Media: files named by the hash of their bytes, in the folder beside the database. A row is kept as long as
-- something mentions it, and 30 days longer.

CREATE TABLE media (
  key            INTEGER PRIMARY KEY,
  hash           BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
  mime           TEXT    NOT NULL,
  bytes          INTEGER NOT NULL,
  width          INTEGER,                         -- pixels, as it is shown
  height         INTEGER,
  moves          INTEGER NOT NULL DEFAULT 0,      -- a picture of several frames
  duration_ms    INTEGER,
  placeholder    BLOB    NOT NULL DEFAULT x'',    -- its blurred colours
  created_at     INTEGER NOT NULL DEFAULT 0,
  unmentioned_at INTEGER                          -- since when nothing mentions it, as the last sweep found
) STRICT;

CREATE INDEX media_unmentioned ON media (unmentioned_at) WHERE unmentioned_at IS NOT NULL;

-- What belongs to a message without being its words: what the person sent along, what an answer brought. Before a
-- message is sent it belongs to a draft's place.
CREATE TABLE attachment (
  key         INTEGER PRIMARY KEY,
  id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  message_key INTEGER REFERENCES message (key) ON DELETE CASCADE,
  place       TEXT    NOT NULL DEFAULT '',
  position    INTEGER NOT NULL DEFAULT 0,
  media_key   INTEGER REFERENCES media (key),
  role        TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  name        TEXT    NOT NULL DEFAULT '',
  source      TEXT    NOT NULL DEFAULT '',        -- the address as it came
  detail      TEXT    NOT NULL DEFAULT '',
  state       TEXT    NOT NULL DEFAULT 'kept',
  problem     TEXT,
  tries       INTEGER NOT NULL DEFAULT 0,         -- how often it was asked for
  next_at     INTEGER,                            -- when it is asked for again by itself
  created_at  INTEGER NOT NULL DEFAULT 0,
  text_length INTEGER NOT NULL DEFAULT 0,         -- in characters
  text        TEXT    NOT NULL DEFAULT '',        -- what was read out of it; last, for it may be long
  CHECK ((message_key IS NULL) = (place <> ''))
) STRICT;

CREATE INDEX attachment_message ON attachment (message_key, position) WHERE message_key IS NOT NULL;
CREATE INDEX attachment_place ON attachment (place, position) WHERE place <> '';
CREATE INDEX attachment_media ON attachment (media_key) WHERE media_key IS NOT NULL;
CREATE INDEX attachment_waiting ON attachment (state) WHERE state = 'waiting';

-- Files that go along: what a document is made of and how much of it was read, the address under which a service keeps
-- it, and where a service takes files for models that open links ("" for nowhere).
ALTER TABLE attachment ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE attachment ADD COLUMN uploaded TEXT;
ALTER TABLE service ADD COLUMN upload_address TEXT NOT NULL DEFAULT '';
