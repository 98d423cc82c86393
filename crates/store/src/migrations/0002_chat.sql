-- Chat with everything it can do: options, instructions, folders, versions side by side, tool calls, sources.

CREATE TABLE folder (
  key        INTEGER PRIMARY KEY,
  id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT    NOT NULL DEFAULT '',
  folded     INTEGER NOT NULL DEFAULT 0, -- only its name is shown in the list
  created_at INTEGER NOT NULL DEFAULT 0
) STRICT;

ALTER TABLE conversation ADD COLUMN kind TEXT NOT NULL DEFAULT 'chat';
ALTER TABLE conversation ADD COLUMN instructions TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN options TEXT NOT NULL DEFAULT '{}';  -- what differs from the person's usual ones
ALTER TABLE conversation ADD COLUMN summary TEXT;                        -- what stands for its beginning when it is sent
ALTER TABLE conversation ADD COLUMN folder_key INTEGER REFERENCES folder (key) ON DELETE SET NULL;
ALTER TABLE conversation ADD COLUMN archived_at INTEGER;

CREATE INDEX conversation_folder ON conversation (folder_key) WHERE folder_key IS NOT NULL;

ALTER TABLE message ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;   -- an answer's place side by side; on a question: shown so
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

-- How sure the model was of the tokens of an answer, packed: piece by piece while it comes, then in one.
CREATE TABLE confidence (
  key         INTEGER PRIMARY KEY,
  message_key INTEGER NOT NULL REFERENCES message (key) ON DELETE CASCADE,
  tokens      BLOB    NOT NULL
) STRICT;

CREATE INDEX confidence_message ON confidence (message_key);

-- Answers that were asked for as data: the schema they were to fit, '' for any JSON.
CREATE TABLE message_form (
  key    INTEGER PRIMARY KEY REFERENCES message (key) ON DELETE CASCADE,
  schema TEXT    NOT NULL DEFAULT ''
) STRICT;

-- Several models asked at once.
ALTER TABLE conversation ADD COLUMN several TEXT NOT NULL DEFAULT '[]';    -- whom each question goes to

-- Order. Every conversation outside the bin stands on one shelf of the list: -2 the archive, -1 the pinned ones, 0 those in
-- no folder, else its folder's key. A page of a shelf is read along an index, in the order of time or of titles.
ALTER TABLE conversation ADD COLUMN title_order TEXT NOT NULL DEFAULT ''; -- what titles are ordered by, see search.rs
ALTER TABLE conversation ADD COLUMN listed INTEGER AS (archived_at IS NULL) VIRTUAL;
ALTER TABLE conversation ADD COLUMN shelf INTEGER AS (
  CASE WHEN deleted_at IS NOT NULL THEN NULL
       WHEN archived_at IS NOT NULL THEN -2
       WHEN pinned THEN -1
       ELSE coalesce(folder_key, 0) END
) VIRTUAL;

DROP INDEX conversation_list;
CREATE INDEX conversation_list ON conversation (listed DESC, pinned DESC, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversation_shelf ON conversation (shelf, updated_at DESC, id DESC);
CREATE INDEX conversation_title ON conversation (shelf, title_order, id);

-- Words of what was said, as conversation_words holds those of titles. rowid is the message's key. Deleted messages and
-- answers that are still being received are not in it.
CREATE VIRTUAL TABLE message_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);

-- Work that is left for a quiet moment after the start: rows up to this key are still to be done, the newest first.
CREATE TABLE backlog (
  work TEXT    PRIMARY KEY,
  upto INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO backlog (work, upto) SELECT 'title_order', max(key) FROM conversation HAVING count(*) > 0;
INSERT INTO backlog (work, upto) SELECT 'message_words', max(key) FROM message HAVING count(*) > 0;

ALTER TABLE model ADD COLUMN price_call REAL; -- US dollars per call, whatever its length

-- What a person set for a conversation that has no message yet, by place.

CREATE TABLE beginning (
  place        TEXT PRIMARY KEY,
  options      TEXT NOT NULL DEFAULT '{}',
  instructions TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Texts that are continued: the answer that waits to be taken into the text or thrown away. The text itself is the
-- draft of its conversation.
CREATE TABLE suggestion (
  conversation_key INTEGER PRIMARY KEY REFERENCES conversation (key) ON DELETE CASCADE,
  answer_key       INTEGER NOT NULL,
  FOREIGN KEY (conversation_key, answer_key) REFERENCES message (conversation_key, key)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;
