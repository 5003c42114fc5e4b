"""What a question needs from its conversation: its language and, for a follow-up, its subject."""
