-- Which message a sound reads.

ALTER TABLE sound ADD COLUMN message_key INTEGER REFERENCES message (key) ON DELETE SET NULL;

CREATE INDEX sound_message ON sound (message_key) WHERE message_key IS NOT NULL;
