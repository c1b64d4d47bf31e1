// Takes the code of a link out of the address and sends it. Without this script it is pasted into the field.
"use strict";
function open() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  document.getElementById("code").value = code;
  document.getElementById("open").submit();
}
open();
addEventListener("hashchange", open);
