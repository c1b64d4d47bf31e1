// Takes the code of an invitation out of the address and puts it into the field. Without this script it is pasted.
"use strict";
function fill() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  const field = document.getElementById("code");
  field.value = code;
  field.scrollIntoView({ block: "center" });
  document.querySelector("#accept button").focus({ preventScroll: true });
}
fill();
addEventListener("hashchange", fill);
