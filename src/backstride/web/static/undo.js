"use strict";
// the offer to take something back leaves after ten seconds, but not from under a finger
const slip = document.querySelector("[data-undo]");
setTimeout(() => { if (!slip.contains(document.activeElement)) slip.remove(); }, 10000);
