// Shown in the place of a past day's check-in, the form is of that day, and says so.
"use strict";
const past = location.pathname.match(/^\/check-in\/(\d{4}-\d\d-\d\d)$/);
if (past) {
  document.querySelector("[data-offline]").elements.day.value = past[1];
  const words = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  document.querySelector("h1").textContent = new Date(past[1]).toLocaleDateString(document.documentElement.lang, words);
}
