// Opens a list of safety questions once somebody is not sure that none is true, and folds it where none is.
"use strict";
for (const list of document.querySelectorAll("[data-list]")) {
  for (const tap of document.getElementsByName("g-" + list.dataset.list)) {
    tap.addEventListener("change", () => { list.open = tap.value === "some"; });
  }
}
