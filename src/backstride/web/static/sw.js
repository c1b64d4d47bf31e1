// Keeps the empty pages of the check-in and of the timer, their styles and their scripts, and nothing of a person.
"use strict";
const KEPT = "backstride-VERSION";
const FILES = ["/offline", "/static/app.css", "/static/more.css", "/static/app.js", "/static/icon.svg", "/timer", "/static/plan.css", "/static/timer.js"];
addEventListener("install", event => {
  event.waitUntil(caches.open(KEPT).then(kept => kept.addAll(FILES)).then(() => skipWaiting()));
});
addEventListener("activate", event => {
  const old = names => Promise.all(names.filter(name => name !== KEPT).map(name => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => clients.claim()));
});
function shell(path) {
  return path === "/timer" || path.startsWith("/plan/session/") ? "/timer" : "/offline";
}
addEventListener("fetch", event => {
  const request = event.request;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(shell(path))));
  else if (FILES.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});
