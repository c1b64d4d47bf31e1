// Before signing out: what waits here is sent, or its loss is asked about; what waits of others stays.
"use strict";
async function leave(form) {
  const { one, many } = form.dataset;
  let stays = false;
  if (canKeep) {
    await drain();
    const who = await (await ask("/mark")).json();
    const isMine = ({ book }) => !book || book === who.book || book === who.own;
    const mine = [];
    for (const kept of await asked((await box("readonly")).waiting.getAll())) {
      if (isMine(await unlocked(kept))) mine.push(kept.id);
      else stays = true;
    }
    const timed = [].concat(JSON.parse(localStorage.getItem("timed") || "[]"));
    const others = timed.filter(one => !isMine(one));
    const count = mine.length + timed.length - others.length;
    if (count && !confirm(count === 1 ? one : many.replace("{n}", count))) return;
    for (const id of mine) await gone(id);
    stays ||= others.length > 0;
    for (const name of Object.keys(localStorage)) localStorage.removeItem(name);
    if (others.length) localStorage.setItem("timed", JSON.stringify(others));
  }
  if (!stays) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "nothing_waits", value: "yes" }));
  form.submit();
}
for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    // without a network nothing is deleted, and the page of the browser says so
    leave(form).catch(() => form.submit());
  });
}
