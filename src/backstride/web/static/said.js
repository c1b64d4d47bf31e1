// Without a network: what the check-ins that wait here said of today, and what that means for a run.
"use strict";
const SITES = ["pain", "leg_pain", "other_pain"];
const HOUR_MS = 3600 * 1000;
// the day that is lived: before the hour at which days start, the one before
const dayLived = startsH => localTime(new Date(Date.now() - startsH * HOUR_MS)).slice(0, 10);
async function ofToday(kept, startsH) {
  const days = [localTime(new Date()).slice(0, 10), dayLived(startsH)];
  const said = (await Promise.all(kept.map(unlocked))).filter(one => days.includes(one.day));
  return Object.assign({}, ...said.sort((a, b) => a.told_at < b.told_at ? -1 : 1));
}
function lines(words, said) {
  const rated = SITES.filter(name => said[name]);
  const worst = Math.max(0, ...rated.map(name => Number(said[name])));
  const inLeg = said.leg_symptoms === "yes", strong = worst >= words.walks_from;
  const now = [strong && words.high, (inLeg || said.leg_pain >= words.leg_from) && words.leg, said.flare === "yes" && words.flare].filter(Boolean);
  const what = [...rated.map(name => words.said[name].replace("{pain}", said[name])), inLeg && words.leg_said].filter(Boolean);
  const ask = !now.length && worst > words.calm;
  const help = strong ? words.strong : now.length ? words.new : "";
  return { red: now.length > 0, warns: now.length > 0 || ask, all: [what.join(" "), ask ? words.ask : now.join(" "), help].filter(Boolean) };
}
async function emptyBox() {
  const page = new DOMParser().parseFromString(await (await fetch(root + "/offline")).text(), "text/html");
  return document.importNode(page.querySelector("[data-said]"), true);
}
export const words = async () => JSON.parse((await emptyBox()).dataset.said);
export async function repeat(kept) {
  const box = await emptyBox();
  const words = JSON.parse(box.dataset.said);
  const { red, warns, all } = lines(words, await ofToday(kept, words.day_starts_h));
  if (red) localStorage.held = "said";
  else if (localStorage.held === "1") localStorage.removeItem("held");
  document.querySelectorAll("[data-said]").forEach(one => one.remove());
  if (!all.length) return;
  box.className = warns ? "problem" : "saved";
  if (!warns) box.replaceChildren();
  box.prepend(...all.map(text => Object.assign(document.createElement("p"), { textContent: text })));
  box.hidden = false;
  outbox.after(box);
  // no session is started from the phone's own copy on such a morning, but one that runs goes on
  if (red && document.querySelector("[data-day-of]") && !localStorage.getItem("session-progress")) document.querySelector("[data-timer]").remove();
}
