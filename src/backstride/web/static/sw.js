// Keeps the empty pages of the check-in and of the timer, their styles and their scripts, and nothing of a person.
"use strict";
// below a path of another site this script is, too, and others keep files there
const ROOT = new URL(".", location).pathname.slice(0, -1), OURS = `backstride${ROOT}-`, KEPT = OURS + "VERSION";
const FILES = ["/offline", "/offline/safety", "/static/safety.css", "/static/app.css", "/static/more.css", "/static/app.js", "/static/said.js", "/static/offline.js", "/static/icon.svg", "/timer", "/static/plan.css", "/static/timer.js", "/static/timed.js"];
addEventListener("install", event => {
  event.waitUntil(caches.open(KEPT).then(kept => kept.addAll(FILES.map(path => ROOT + path))).then(() => skipWaiting()));
});
addEventListener("activate", event => {
  const old = names => Promise.all(names.filter(name => name.startsWith(OURS) && name !== KEPT).map(name => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => clients.claim()));
});
function shell(path) {
  if (path === "/safety" || path.startsWith("/safety/")) return "/offline/safety";
  return path === "/timer" || path.startsWith("/plan/session/") ? "/timer" : "/offline";
}
addEventListener("fetch", event => {
  const request = event.request;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname.slice(ROOT.length);
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(ROOT + shell(path))));
  else if (FILES.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(ROOT + path)));
});
function reminder() {
  return new Promise(resolve => {
    const plain = { title: "backstride", body: "Time for your check-in" };
    const opening = indexedDB.open("backstride", 1);
    // no store of this name is made here, where its tables would be missing
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve(plain);
    opening.onsuccess = () => {
      try {
        const asked = opening.result.transaction("keys").objectStore("keys").get("reminder");
        asked.onsuccess = () => resolve(asked.result || plain);
        asked.onerror = () => resolve(plain);
      } catch { resolve(plain); }
    };
  });
}
// whatever a message holds is left unread: the words are those that this device keeps
addEventListener("push", event => {
  event.waitUntil(reminder().then(({ title, body }) => registration.showNotification(title, { body, tag: "check-in", icon: `${ROOT}/static/icon-192.png` })));
});
addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(clients.matchAll({ type: "window" }).then(open => open.length ? open[0].focus() : clients.openWindow(`${ROOT}/`)));
});
