// Sends a session that the timer counted, now or, where there was no network, from the next page that opens.
"use strict";
const AGAIN_MS = 10000;
// true once nothing of it waits here any more
export async function sendTimed() {
  const waits = localStorage.getItem("timed");
  if (!waits) return false;
  try {
    const fields = JSON.parse(waits), who = await (await ask("/mark")).json();
    if (!who.mark || fields.book && fields.book !== who.book) return false;
    const reply = await ask("/plan/timed", who.mark, { method: "POST", body: new URLSearchParams(fields) });
    if (!reply.ok && ![400, 422].includes(reply.status)) return false;
    localStorage.removeItem("timed");
    if (reply.ok) return true;
    const said = await reply.json();
    tell(`${said.problem || ""} ${said.advice || ""}`);
  } catch { setTimeout(sendTimed, AGAIN_MS); }
  return false;
}
addEventListener("online", sendTimed);
sendTimed().then(sent => { if (sent && ["/", "/plan"].includes(location.pathname.slice(root.length))) location.reload(); });
