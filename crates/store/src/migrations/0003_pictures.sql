-- Pictures: what was asked of picture engines, and every picture that came, whoever brought it.

-- What was asked. A row outlives its service. Those that wait stand in the order of queued_at; sent_at is written before
-- anything is sent that may have to be paid for, so that nothing is ever sent twice by itself.
CREATE TABLE generation (
  key           INTEGER PRIMARY KEY,
  id            BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  service_key   INTEGER REFERENCES service (key) ON DELETE SET NULL,
  model         TEXT    NOT NULL DEFAULT '',
  kind          TEXT    NOT NULL DEFAULT 'generation',
  prompt        TEXT    NOT NULL DEFAULT '',
  options       TEXT    NOT NULL DEFAULT '{}',
  state         TEXT    NOT NULL DEFAULT 'queued',
  problem       TEXT,
  preview_key   INTEGER REFERENCES media (key) ON DELETE SET NULL,
  cost          REAL,                           -- US dollars
  answered      TEXT    NOT NULL DEFAULT '{}',  -- what the service said beside the pictures
  made_from_key INTEGER REFERENCES picture (key) ON DELETE SET NULL,
  created_at    INTEGER NOT NULL DEFAULT 0,
  queued_at     INTEGER NOT NULL DEFAULT 0,
  started_at    INTEGER,
  sent_at       INTEGER,
  ended_at      INTEGER,
  dismissed_at  INTEGER                         -- the person has seen that it failed, and wants it out of sight
) STRICT;

CREATE INDEX generation_queued ON generation (queued_at, key, service_key) WHERE state = 'queued';
CREATE INDEX generation_running ON generation (service_key) WHERE state = 'running';
CREATE INDEX generation_ended ON generation (ended_at);
CREATE INDEX generation_failed ON generation (key) WHERE state IN ('failed', 'cancelled', 'interrupted') AND dismissed_at IS NULL;
CREATE INDEX generation_dismissed ON generation (dismissed_at) WHERE dismissed_at IS NOT NULL;
CREATE INDEX generation_service ON generation (service_key) WHERE service_key IS NOT NULL;
CREATE INDEX generation_preview ON generation (preview_key) WHERE preview_key IS NOT NULL;
CREATE INDEX generation_made_from ON generation (made_from_key) WHERE made_from_key IS NOT NULL;

-- The pictures that went along.
CREATE TABLE generation_reference (
  generation_key INTEGER NOT NULL REFERENCES generation (key) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  media_key      INTEGER NOT NULL REFERENCES media (key),
  PRIMARY KEY (generation_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX generation_reference_media ON generation_reference (media_key);

CREATE TABLE picture (
  key            INTEGER PRIMARY KEY,
  id             BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  generation_key INTEGER REFERENCES generation (key),
  media_key      INTEGER REFERENCES media (key),
  origin         TEXT    NOT NULL DEFAULT 'made',
  state          TEXT    NOT NULL DEFAULT 'waiting',
  problem        TEXT,
  source         TEXT    NOT NULL DEFAULT '',   -- the address it is fetched from
  tries          INTEGER NOT NULL DEFAULT 0,    -- how often it was asked for
  next_at        INTEGER,                       -- when it is asked for again by itself
  revised_prompt TEXT    NOT NULL DEFAULT '',
  starred        INTEGER NOT NULL DEFAULT 0,
  service_key    INTEGER REFERENCES service (key) ON DELETE SET NULL,
  model          TEXT    NOT NULL DEFAULT '',
  ratio          INTEGER NOT NULL DEFAULT 100,  -- a hundred times width by height
  created_at     INTEGER NOT NULL DEFAULT 0,
  deleted_at     INTEGER
) STRICT;

-- The gallery: laying it out, filtering it and finding a page of it read this index and nothing else.
CREATE INDEX picture_list ON picture (created_at DESC, key DESC, ratio, starred, origin, model, deleted_at)
  WHERE deleted_at IS NULL;
CREATE INDEX picture_bin ON picture (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX picture_waiting ON picture (state) WHERE state = 'waiting';
CREATE INDEX picture_generation ON picture (generation_key) WHERE generation_key IS NOT NULL;
CREATE INDEX picture_media ON picture (media_key) WHERE media_key IS NOT NULL;
CREATE INDEX picture_service ON picture (service_key) WHERE service_key IS NOT NULL;

-- Words of prompts, as message_words holds those of messages. rowid is the picture's key.
CREATE VIRTUAL TABLE picture_words USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);

-- What came in chats or was sent along there, each file once, under the id of the attachment.
INSERT INTO picture (id, media_key, origin, state, service_key, model, ratio, created_at)
SELECT a.id, a.media_key, CASE a.role WHEN 'sent' THEN 'attached' ELSE 'received' END, 'kept', m.service_key, m.model,
       CASE WHEN f.width > 0 AND f.height > 0 THEN max(1, f.width * 100 / f.height) ELSE 100 END, a.created_at
FROM attachment a
JOIN message m ON m.key = a.message_key
JOIN media f ON f.key = a.media_key
WHERE a.kind = 'picture' AND a.state = 'kept'
  AND a.key = (SELECT min(o.key) FROM attachment o
               WHERE o.media_key = a.media_key AND o.kind = 'picture' AND o.state = 'kept' AND o.message_key IS NOT NULL)
ORDER BY a.key;
