// Tells the time zone of this browser where none was chosen.
"use strict";
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
for (const line of document.querySelectorAll("[data-zone]")) {
  if (!zone || zone === line.dataset.zone) continue;
  line.querySelector("b").textContent = zone;
  line.hidden = false;
}
for (const field of document.querySelectorAll("[data-browser-zone]")) field.value = zone;
// kept before the first check-in and the first files, whose days depend on it
for (const form of document.querySelectorAll("[data-keep-zone]"))
  if (zone) fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
