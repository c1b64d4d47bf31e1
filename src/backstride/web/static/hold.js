// A timer beside each field of seconds. Without this script the seconds are typed.
"use strict";
const LEAD_MS = 5000;
for (const field of document.querySelectorAll("input[data-hold]")) {
  const words = field.form.dataset;
  const button = document.createElement("button");
  const said = document.createElement("p");
  button.type = "button";
  button.className = "timer";
  button.textContent = words.start;
  button.setAttribute("aria-describedby", field.id + "-said");
  said.id = field.id + "-said";
  said.className = "quiet hint";
  said.setAttribute("role", "status");
  field.after(button, said);
  let began = 0, ticking = 0, awake = null;
  function tick() {
    const ms = performance.now() - began;
    button.textContent = ms < 0 ? `${words.ready} ${Math.ceil(-ms / 1000)}` : `${Math.floor(ms / 1000)} s · ${words.stop}`;
  }
  function end() {
    clearInterval(ticking);
    ticking = 0;
    if (awake) awake.release().catch(() => {});
    awake = null;
    const held = (performance.now() - began) / 1000;
    button.classList.remove("runs");
    button.textContent = words.start;
    if (held < 0) return;
    field.value = held.toFixed(1);
    said.textContent = words.held.replace("{n}", field.value);
  }
  button.addEventListener("click", async () => {
    if (ticking) return end();
    began = performance.now() + LEAD_MS;
    button.classList.add("runs");
    said.textContent = "";
    ticking = setInterval(tick, 100);
    tick();
    if (navigator.wakeLock) awake = await navigator.wakeLock.request("screen").catch(() => null);
  });
}
