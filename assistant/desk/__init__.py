"""The desks: a guided check, questions for a hearing, and a list of questions with answers."""
