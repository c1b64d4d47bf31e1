// Opens every part of the answer before it is printed, for browsers that cannot show a closed one by their stylesheet.
"use strict";
addEventListener("beforeprint", () => document.querySelectorAll(".part").forEach(part => { part.open = true; }));
