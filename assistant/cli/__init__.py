"""The command line: it reads what is typed and prints what the service answers."""
