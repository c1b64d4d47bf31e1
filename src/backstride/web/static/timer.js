// The timer of a session. Without this script the steps stand below it in words.
"use strict";
{
  const box = document.querySelector("[data-timer]");
  const list = document.querySelector("[data-stretches]");
  const words = box.dataset;
  const KEPT = "session";
  function kept() {
    try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; }
  }
  function keep(parts) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(parts));
      localStorage.setItem(KEPT + "-day", box.dataset.day);
    } catch { /* a browser that keeps nothing */ }
  }
  function shown() {
    return [...list.children].map(item => ({
      seconds: Number(item.dataset.seconds),
      run: "run" in item.dataset,
      said: item.querySelector(".what").textContent,
    }));
  }
  function show(parts) {
    for (const part of parts) {
      const item = document.createElement("li");
      item.textContent = part.said;
      list.append(item);
    }
  }
  function clock(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  function run(parts) {
    const now = box.querySelector(".now"), left = box.querySelector(".clock"), then = box.querySelector(".then");
    const go = box.querySelector("[data-go]"), skip = box.querySelector("[data-skip]"), aloud = box.querySelector("[data-speak]");
    const ends = parts.map((_, n) => parts.slice(0, n + 1).reduce((sum, part) => sum + part.seconds, 0));
    const whole = ends[ends.length - 1];
    let before = 0, began = 0, ticking = 0, at = -1, awake = null, sound = null;
    const elapsed = () => before + (began ? (Date.now() - began) / 1000 : 0);
    const name = part => part.run ? words.run : words.walk;
    function beep() {
      if (!sound) return;
      const tone = sound.createOscillator(), gain = sound.createGain();
      gain.gain.value = 0.2;
      tone.frequency.value = 660;
      tone.connect(gain).connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.25);
    }
    function tell(text) {
      if (navigator.vibrate) navigator.vibrate(300);
      if (!aloud.checked) return;
      beep();
      if (!window.speechSynthesis) return;
      const spoken = new SpeechSynthesisUtterance(text);
      spoken.lang = document.documentElement.lang;
      speechSynthesis.cancel();
      speechSynthesis.speak(spoken);
    }
    function draw() {
      const past = elapsed();
      const found = ends.findIndex(end => past < end);
      if (found < 0) return finish();
      if (found !== at) {
        at = found;
        now.textContent = name(parts[at]);
        box.classList.toggle("runs", parts[at].run);
        [...list.children].forEach((item, n) => n === at ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current"));
        then.textContent = at + 1 < parts.length ? words.next.replace("{what}", parts[at + 1].said) : words.last;
        if (began) tell(parts[at].said);
      }
      left.textContent = `${clock(Math.ceil(ends[at] - past))} · ${words.left.replace("{n}", clock(Math.ceil(whole - past)))}`;
    }
    async function start() {
      began = Date.now();
      go.textContent = words.pause;
      ticking = setInterval(draw, 200);
      at = -1;
      if (!sound && window.AudioContext) sound = new AudioContext();
      draw();
      if (navigator.wakeLock) awake = await navigator.wakeLock.request("screen").catch(() => null);
    }
    function halt(label) {
      before = elapsed();
      began = 0;
      clearInterval(ticking);
      go.textContent = label;
      if (awake) awake.release().catch(() => {});
      awake = null;
    }
    function finish() {
      halt(words.start);
      before = 0;
      at = -1;
      now.textContent = words.done;
      left.textContent = then.textContent = "";
      box.classList.remove("runs");
      [...list.children].forEach(item => item.removeAttribute("aria-current"));
      tell(words.done);
    }
    go.addEventListener("click", () => began ? halt(words.on) : start());
    skip.addEventListener("click", () => {
      before += ends[Math.max(at, 0)] - elapsed();
      draw();
    });
    document.addEventListener("visibilitychange", async () => {
      if (began && document.visibilityState === "visible" && navigator.wakeLock)
        awake = await navigator.wakeLock.request("screen").catch(() => null);
    });
    go.textContent = words.start;
    box.hidden = false;
    draw();
  }
  const here = shown();
  // the example is nobody's session, on no day
  if (here.length && !("example" in words)) keep(here);
  else if (!here.length) {
    show(kept());
    const day = document.querySelector("[data-day-of]");
    if (day) day.textContent = localStorage.getItem(KEPT + "-day") || "";
  }
  const parts = here.length ? here : kept();
  if (parts.length) {
    const none = document.querySelector("[data-none]");
    if (none) none.remove();
    run(parts);
  }
}
