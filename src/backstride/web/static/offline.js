// Shown in the place of a past day's check-in, the form is of that day, and says so.
"use strict";
// this script runs before app.js, so it looks by itself for the path of another site below which it is served
const shownAt = location.pathname.slice(new URL("..", document.currentScript.src).pathname.length - 1);
const past = shownAt.match(/^\/check-in\/(\d{4}-\d\d-\d\d)$/);
if (past) {
  const form = document.querySelector("[data-offline]");
  form.elements.day.value = past[1];
  for (const [name, question] of Object.entries(JSON.parse(form.dataset.past))) {
    const field = form.querySelector(`[name="${name}"]`)?.closest("fieldset");
    if (field) field.querySelector("legend").textContent = question;
  }
  const words = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  document.querySelector("h1").textContent = new Date(past[1]).toLocaleDateString(document.documentElement.lang.replace(/^en$/, "en-GB"), words);
} else document.querySelector("[data-elsewhere]").hidden = ["/", "/offline"].includes(shownAt);
