-- Single messages in the recycle bin, and which branch of a version was looked at last.

-- A message whose time in the bin is over says nothing any more; its deleted_at is 0, for others follow it.
CREATE INDEX message_bin ON message (deleted_at) WHERE deleted_at > 0;

ALTER TABLE message ADD COLUMN leaf_key INTEGER; -- the end of the branch that was left for another version of it
