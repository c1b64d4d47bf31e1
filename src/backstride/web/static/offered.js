// Asks whether the session that this phone keeps is still offered: from a check-in on (app.js) its copy is held until
// the plan, or without a network the rules of said.js, have heard it.
"use strict";
async function look() {
  const reply = await ask("/plan/offered");
  if (!reply.ok) return;
  const { book, day, sessions } = await reply.json();
  const whose = localStorage.getItem("book") || book, iso = localStorage.getItem("session-iso") || "";
  if (whose !== book) return;
  const parts = JSON.parse(localStorage.getItem("session") || "[]");
  const runs = parts.some(part => part.run), seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  const isSame = sessions.some(one => one.day === iso && one.seconds === seconds);
  // one of a day that is over can be done again while the plan offers as much
  const isOpen = sessions.some(one => one.runs || !runs);
  if (isOpen && (isSame || iso < day)) {
    localStorage.removeItem("held");
    if (document.querySelector("[data-held]:not([hidden])")) location.reload();
  } else localStorage.held = "plan";
}
// a page of a session was offered a moment ago
if (!document.querySelector("[data-seconds]")) look().catch(() => {});
