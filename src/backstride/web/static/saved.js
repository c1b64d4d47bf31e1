// After a save: who hears the page, or goes by keys, goes on where it says so.
"use strict";
sessionStorage.removeItem("saved");
const line = document.querySelector(".saved, .undo");
if (line) {
  line.tabIndex = -1;
  line.focus();
}
