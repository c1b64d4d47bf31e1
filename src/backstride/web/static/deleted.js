// Empties what this browser keeps of a diary that was deleted.
"use strict";
for (const name of ["session", "session-day", "book"]) localStorage.removeItem(name);
