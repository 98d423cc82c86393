-- Whom a conversation that has no message yet will ask at once.

ALTER TABLE beginning ADD COLUMN several TEXT NOT NULL DEFAULT '[]';
