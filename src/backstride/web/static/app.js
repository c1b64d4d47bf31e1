// Keeps a check-in while there is no network.
"use strict";
const RETRY_MS = 30000;
// signed out, too slow, another diary, too often: what was entered waits
const TRY_AGAIN = [401, 408, 412, 429];
// the path below which the app is served: its own address without /static/app.js
const root = document.currentScript.getAttribute("src").slice(0, -14);
const canKeep = window.isSecureContext && "indexedDB" in window && "subtle" in crypto;
const outbox = document.getElementById("outbox");
const said = outbox.dataset;
const saved = n => n === 1 ? said.one : said.many.replace("{n}", n);

function localTime(moment) {
  const ahead = -moment.getTimezoneOffset();
  const two = n => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(moment.getTime() + ahead * 60000).toISOString().slice(0, 19);
  return `${local}${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}
function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
async function box(mode) {
  const opening = indexedDB.open("backstride", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("outbox", { keyPath: "id" });
    opening.result.createObjectStore("keys");
  };
  const base = await asked(opening);
  return { waiting: base.transaction("outbox", mode).objectStore("outbox"), base };
}
async function theKey() {
  const { base } = await box("readonly");
  const found = await asked(base.transaction("keys").objectStore("keys").get("key"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await asked(base.transaction("keys", "readwrite").objectStore("keys").put(made, "key"));
  return made;
}
async function keep(id, fields) {
  const key = await theKey();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(fields)));
  await asked((await box("readwrite")).waiting.put({ id, iv, locked }));
}
async function gone(id) {
  await asked((await box("readwrite")).waiting.delete(id));
}
async function unlocked(kept) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, await theKey(), kept.locked);
  return JSON.parse(new TextDecoder().decode(plain));
}
// so long a silence is no network
const ask = (path, mark = "", more) => fetch(root + path, { headers: { accept: "application/json", "x-mark": mark }, signal: AbortSignal.timeout?.(40000), ...more });
function send(fields, mark) {
  const body = new URLSearchParams({ ...fields, sent_at: localTime(new Date()) });
  return ask("/check-in", mark, { method: "POST", body });
}
function tell(text) {
  outbox.textContent = text;
  outbox.className = text ? "waiting" : "";
}
// words seldom needed stand in the page for no network
const rare = () => import("./said.js").then(one => one.words()).catch(() => ({}));
const isToday = location.pathname === root + "/";
let nextTry;
async function drain() {
  if (!canKeep) return;
  if (localStorage.timed) import("./timed.js");
  // windows share the queue: one of them sends
  const left = await (navigator.locks ? navigator.locks.request("outbox", emptied) : emptied());
  clearTimeout(nextTry);
  if (left) nextTry = setTimeout(drain, RETRY_MS);
}
async function emptied() {
  const kept = await asked((await box("readonly")).waiting.getAll());
  if (!kept.length) {
    // sent by another window meanwhile
    if (isToday && Number(localStorage.getItem("sent")) > performance.timeOrigin) location.reload();
    return tell("");
  }
  let who;
  try {
    const reply = await ask("/mark");
    if (reply.ok) who = await reply.json();
  } catch {  }
  if (!who) {
    tell(saved(kept.length));
    import("./said.js").then(one => one.repeat(kept)).catch(() => {});
    return kept.length;
  }
  let problem = "", sent = 0;
  for (const one of kept) {
    const fields = await unlocked(one);
    if (fields.book && fields.book !== who.book) { problem = (await rare())[fields.book === who.own ? "example" : "other"]; continue; }
    let reply;
    try { reply = await send(fields, who.mark); } catch { break; }
    if (reply.ok) localStorage.setItem("sent", Date.now());
    // gone: its day was erased meanwhile
    if (reply.ok || reply.status === 410) {
      await gone(one.id);
      sent += 1;
    } else if (reply.status < 500) {
      const why = await reply.json().catch(() => ({}));
      problem = `${(await rare()).asks || ""} ${why.problem || ""} ${why.advice || ""}`;
    } else break;
  }
  const left = kept.length - sent;
  tell(left ? problem || saved(left) : "");
  if (sent && !left && isToday) location.reload();
  return left;
}
async function submitted(event) {
  if (!canKeep) return;
  event.preventDefault();
  const form = event.target;
  // a double tap is one check-in
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const now = localTime(new Date());
  const fields = Object.fromEntries([...new FormData(form)].filter(([name, value]) => value && name !== "mark"));
  fields.day = fields.day || now.slice(0, 10);
  fields.told_at = now;
  fields.sent_id = crypto.randomUUID().replaceAll("-", "");
  const book = form.dataset.book || localStorage.getItem("book") || "";
  if (book) fields.book = book;
  // of a kept session, until offered.js or said.js knows better
  localStorage.held ||= 1;
  await keep(fields.sent_id, fields);
  navigator.storage?.persist?.();
  const mark = form.elements.mark?.value || "";
  const reply = await send(fields, mark).catch(() => ({}));
  if (reply.ok) {
    await gone(fields.sent_id);
    sessionStorage.saved = 1;
    location.assign(root + (await reply.json()).page);
  } else if (reply.status < 500 && form.elements.mark && !TRY_AGAIN.includes(reply.status)) {
    await gone(fields.sent_id);
    form.elements.told_at.value = now;
    form.elements.sent_at.value = now;
    form.submit();
  } else { scrollTo(0, 0); delete form.dataset.sending; drain(); }
}
function offerFlare(form) {
  const flare = form.querySelector("[name=flare]").closest("fieldset");
  const home = flare.previousElementSibling;
  const pain = form.querySelector("[name=pain]").closest("fieldset");
  const place = () => {
    const tapped = form.elements.pain.value;
    if (tapped !== "" && Number(tapped) >= Number(form.dataset.usual) + 2) pain.after(flare);
    else home.after(flare);
  };
  pain.addEventListener("change", place);
  place();
}
for (const form of document.querySelectorAll("form[data-check-in]")) {
  if (form.dataset.usual) offerFlare(form);
  form.addEventListener("submit", submitted);
  if (form.dataset.book && canKeep) localStorage.setItem("book", form.dataset.book);
}
if (sessionStorage.saved) import("./saved.js");
if (localStorage.session) import("./offered.js");
addEventListener("online", drain);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
// browsers have none without https
navigator.serviceWorker?.register(root + "/sw.js");
drain();
