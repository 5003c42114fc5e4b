"""Fresh wordings of the questions that plans know, which nothing has learned from."""
