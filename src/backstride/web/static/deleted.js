// Empties what this browser keeps of a diary that was deleted.
"use strict";
for (const name of ["session", "session-day", "session-iso", "session-progress", "held", "timed", "book"]) localStorage.removeItem(name);
