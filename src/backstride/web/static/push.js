// Asks the browser for a push service, and keeps the words of the reminder on this device.
"use strict";
const form = document.querySelector("[data-push]");
const status = form.querySelector("[role=status]");
function kept(words) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("backstride", 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("outbox", { keyPath: "id" });
      opening.result.createObjectStore("keys");
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const change = opening.result.transaction("keys", "readwrite");
      change.objectStore("keys").put(words, "reminder");
      change.oncomplete = () => resolve();
      change.onerror = () => reject(change.error);
    };
  });
}
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, letter => letter.charCodeAt(0));
}
async function subscribed(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const there = await pushManager.getSubscription();
  // of another key, as after a backup was put back
  if (there) await there.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}
form.addEventListener("submit", async event => {
  // a browser that knows no push sends the form as it is, and the page says why it cannot be
  if (!("PushManager" in window) || !("serviceWorker" in navigator)) return;
  event.preventDefault();
  try {
    if (await Notification.requestPermission() !== "granted") {
      status.textContent = form.dataset.refused;
      return;
    }
    await kept({ title: form.dataset.title, body: form.dataset.words });
    form.elements.endpoint.value = (await subscribed(form.dataset.key)).endpoint;
    form.submit();
  } catch {
    status.textContent = form.dataset.failed;
  }
});
