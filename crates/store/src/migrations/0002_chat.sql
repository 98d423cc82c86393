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
