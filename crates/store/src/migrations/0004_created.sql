-- The list in the order in which conversations begin; a row's number tells that.
CREATE INDEX conversation_created ON conversation (shelf);
