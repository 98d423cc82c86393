//! Drafts: what the person was typing, per place. Key: a conversation's id, or "new".
