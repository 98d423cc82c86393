-- Albums of pictures, and pictures that follow their chats into the recycle bin.

CREATE TABLE album (
  key        INTEGER PRIMARY KEY,
  id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT    NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER
) STRICT;

-- A deleted album keeps its pictures until it is purged, so that it can be brought back.
CREATE INDEX album_bin ON album (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE album_picture (
  album_key   INTEGER NOT NULL REFERENCES album (key) ON DELETE CASCADE,
  picture_key INTEGER NOT NULL REFERENCES picture (key) ON DELETE CASCADE,
  PRIMARY KEY (album_key, picture_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX album_picture_picture ON album_picture (picture_key);

-- Every conversation that a picture came with is in the recycle bin.
ALTER TABLE picture ADD COLUMN away INTEGER NOT NULL DEFAULT 0;

UPDATE picture SET away = 1
WHERE origin IN ('received', 'attached') AND NOT starred
  AND EXISTS (SELECT 1 FROM attachment a WHERE a.media_key = picture.media_key AND a.message_key IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM attachment a
                  JOIN message m ON m.key = a.message_key
                  JOIN conversation c ON c.key = m.conversation_key
                  WHERE a.media_key = picture.media_key AND c.deleted_at IS NULL);

DROP INDEX picture_list;
CREATE INDEX picture_list ON picture (created_at DESC, key DESC, ratio, starred, origin, model, deleted_at, away)
  WHERE deleted_at IS NULL AND away = 0;
