-- What a service calls an answer, for questions to those who run it.

ALTER TABLE message ADD COLUMN known_as TEXT NOT NULL DEFAULT '';
