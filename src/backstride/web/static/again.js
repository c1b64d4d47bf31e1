// Looks again at a page that waits for its result.
"use strict";
setTimeout(() => location.reload(), 1000 * document.querySelector("[data-again]").dataset.again);
