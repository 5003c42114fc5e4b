"""Many chats at once with a served page on this machine: errors, times and memory."""
