// Files may be dropped, and a bar shows how much of them is sent. Without this script the form posts by itself.
"use strict";
for (const form of document.querySelectorAll("form[data-drop]")) {
  const words = form.dataset;
  const zone = form.querySelector(".drop");
  const button = form.querySelector("button");
  const bar = document.createElement("progress");
  const said = document.createElement("p");
  bar.setAttribute("aria-label", words.sending);
  said.setAttribute("role", "status");
  form.append(said);
  const over = on => event => { event.preventDefault(); zone.classList.toggle("over", on); };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", event => {
    over(false)(event);
    form.elements.files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  function stopped(text) {
    bar.remove();
    button.disabled = false;
    said.textContent = text;
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.setRequestHeader("accept", "application/json");
    sending.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.max = total;
      bar.value = loaded;
      said.textContent = words.sent.replace("{n}", Math.floor(100 * loaded / total));
    });
    sending.addEventListener("load", () => {
      if (sending.status < 400) return location.assign(sending.responseURL);
      let told = {};
      try { told = JSON.parse(sending.response); } catch { told.problem = sending.response; }
      stopped(`${told.problem} ${told.advice || ""}`);
    });
    sending.addEventListener("error", () => stopped(words.failed));
    button.disabled = true;
    button.after(bar);
    sending.send(new FormData(form));
  });
}
