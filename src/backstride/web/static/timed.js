// Sends sessions that the timer counted, now or, where there was no network, from the next page that opens.
"use strict";
const AGAIN_MS = 10000;
async function sent(fields, who) {
  // how long ago it ended the phone's clock knows, even where it is wrong
  const body = new URLSearchParams({ ...fields, sent_at: localTime(new Date()) });
  const reply = await ask("/plan/timed", who.mark, { method: "POST", body });
  if (reply.ok) return "sent";
  if (![400, 422].includes(reply.status)) return "waits";
  const said = await reply.json();
  tell(`${said.problem || ""} ${said.advice || ""}`);
  scrollTo(0, 0);
  return "refused";
}
const waiting = () => [].concat(JSON.parse(localStorage.getItem("timed") || "[]"));
// what became of the last of them: "sent", "waits" or "refused"; nothing where there is none
export async function sendTimed() {
  let became = "";
  try {
    const all = waiting();
    if (!all.length) return "";
    const who = await (await ask("/mark")).json();
    for (const fields of all) {
      became = !who.mark || fields.book && fields.book !== who.book ? "waits" : await sent(fields, who);
      if (became === "waits") continue;
      // another may have joined meanwhile
      const left = waiting().filter(one => one.ended !== fields.ended);
      if (left.length) localStorage.setItem("timed", JSON.stringify(left));
      else localStorage.removeItem("timed");
    }
    return became;
  } catch {
    setTimeout(sendTimed, AGAIN_MS);
    return "waits";
  }
}
addEventListener("online", sendTimed);
sendTimed().then(became => { if (became === "sent" && ["/", "/plan"].includes(location.pathname.slice(root.length))) location.reload(); });
