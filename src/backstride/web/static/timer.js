// The timer of a session. Without this script the steps stand below it in words.
"use strict";
{
  const box = document.querySelector("[data-timer]");
  const list = document.querySelector("[data-stretches]");
  const words = box.dataset;
  const sending = import("./timed.js").catch(() => ({}));
  const KEPT = "session", HELD = "held", STALE_MS = 12 * 3600 * 1000, MIN_DURATION_S = 60;
  function stored(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(name)) || otherwise; } catch { return otherwise; }
  }
  function store(name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a browser that keeps nothing */ }
  }
  const kept = () => stored(KEPT, []);
  function keep(parts) {
    store(KEPT, parts);
    try {
      localStorage.setItem(KEPT + "-day", words.day);
      localStorage.setItem(KEPT + "-iso", words.iso);
      localStorage.removeItem(HELD);
    } catch { /* likewise */ }
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
  function run(parts, iso, isHeld) {
    const now = box.querySelector(".now"), left = box.querySelector(".clock"), then = box.querySelector(".then");
    const go = box.querySelector("[data-go]"), skip = box.querySelector("[data-skip]"), aloud = box.querySelector("[data-speak]");
    const end = box.querySelector("[data-keep]"), save = box.querySelector("[data-save]"), later = box.querySelector("[data-later]");
    const ends = parts.map((_, n) => parts.slice(0, n + 1).reduce((sum, part) => sum + part.seconds, 0));
    const whole = ends[ends.length - 1];
    const isExample = "example" in words;
    let before = 0, began = 0, ended = 0, ticking = 0, at = -1, awake = null, sound = null;
    let skipped = parts.map(() => 0);
    // a page that is left and opened again goes on where it was
    const note = () => isExample || store(KEPT + "-progress", { iso, parts: parts.length, before, began, ended, skipped, noted: Date.now() });
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
    // minutes of running and of walking, without those of parts that were skipped
    function counted() {
      const done = { run: 0, walk: 0 }, past = Math.min(elapsed(), whole);
      parts.forEach((part, n) => {
        const seconds = Math.min(Math.max(past - ends[n] + part.seconds, 0), part.seconds) - skipped[n];
        done[part.run ? "run" : "walk"] += Math.max(seconds, 0) / 60;
      });
      return done;
    }
    function offer() {
      const done = counted();
      end.hidden = isExample || began !== 0 || 60 * (done.run + done.walk) < MIN_DURATION_S;
      const said = [done.run && words.ran.replace("{n}", Math.round(done.run)), done.walk && words.walked.replace("{n}", Math.round(done.walk))];
      end.querySelector("p").textContent = said.filter(Boolean).join(", ");
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
        then.textContent = at + 1 < parts.length ? words.next.replace("{what}", parts[at + 1].said) : parts.length > 1 ? words.last : "";
        if (began) tell(parts[at].said);
      }
      left.textContent = clock(Math.ceil(ends[at] - past));
      if (parts.length > 1) left.textContent += ` · ${words.left.replace("{n}", clock(Math.ceil(whole - past)))}`;
    }
    async function start() {
      began = began || Date.now();
      go.textContent = words.pause;
      ticking = setInterval(draw, 200);
      note();
      offer();
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
      note();
      offer();
    }
    function finish() {
      ended = ended || (began ? began + 1000 * (whole - before) : Date.now());
      halt(words.start);
      before = whole;
      note();
      offer();
      at = -1;
      go.hidden = !isExample;
      skip.hidden = true;
      if (isExample) before = 0;
      now.textContent = words.done;
      left.textContent = then.textContent = "";
      box.classList.remove("runs");
      [...list.children].forEach(item => item.removeAttribute("aria-current"));
      tell(words.done);
    }
    go.addEventListener("click", () => {
      // another page was told something since: what is offered now is asked anew
      if (!isExample && !elapsed() && localStorage.getItem(HELD)) return location.reload();
      began ? halt(words.on) : start();
    });
    skip.addEventListener("click", () => {
      const rest = ends[Math.max(at, 0)] - elapsed();
      skipped[Math.max(at, 0)] += rest;
      before += rest;
      note();
      draw();
      offer();
    });
    document.addEventListener("visibilitychange", async () => {
      if (began && document.visibilityState === "visible" && navigator.wakeLock)
        awake = await navigator.wakeLock.request("screen").catch(() => null);
    });
    save.addEventListener("click", async () => {
      save.disabled = true;
      const { sendTimed } = await sending;
      const done = counted(), book = localStorage.getItem("book");
      const fields = { ended: localTime(new Date(ended || Date.now())), run_min: done.run.toFixed(2), walk_min: done.walk.toFixed(2) };
      store("timed", [...[].concat(stored("timed", [])), book ? { ...fields, book } : fields]);
      const became = sendTimed ? await sendTimed() : "waits";
      // why not stands at the top; the minutes stay here, to be tried again
      if (became === "refused") return save.disabled = false;
      localStorage.removeItem(KEPT + "-progress");
      if (became === "sent") return location.assign(`${root}/plan`);
      save.hidden = go.hidden = skip.hidden = true;
      later.hidden = false;
    });
    go.textContent = words.start;
    skip.hidden = parts.length < 2;
    box.hidden = false;
    const was = stored(KEPT + "-progress", {});
    if (!isExample && was.iso === iso && was.parts === parts.length && Date.now() - was.noted < STALE_MS) {
      ({ before, began, ended, skipped } = was);
      if (began) start();
      else {
        if (before) go.textContent = words.on;
        draw();
        offer();
      }
    } else draw();
    if (!isHeld) return;
    // what was done before can be kept, and nothing goes on
    if (began) halt(words.on);
    go.hidden = skip.hidden = true;
    box.hidden = end.hidden;
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
    const isHeld = !here.length && Boolean(localStorage.getItem(HELD)), held = document.querySelector("[data-held]");
    if (isHeld) held.hidden = false;
    list.hidden = isHeld;
    run(parts, words.iso || localStorage.getItem(KEPT + "-iso") || "", isHeld);
  }
}
