"""One module a tool, each run in its own process by the interpreter that has the tool."""
