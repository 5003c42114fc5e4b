// The About page asks for the count of helpful answers when it opens, so that it is of now.
"use strict";

frame.on("ready", () => frame.ask("count", "count"));
