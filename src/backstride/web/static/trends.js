// Says the value of a picture where it is touched. Without this script the tables below the pictures hold them.
"use strict";
for (const figure of document.querySelectorAll("figure[data-said]")) {
  const said = JSON.parse(figure.dataset.said), line = figure.querySelector(".said");
  line.textContent = line.dataset.hint;
  const show = event => {
    const svg = event.target.closest("svg");
    if (!svg) return;
    const box = svg.getBoundingClientRect(), width = svg.viewBox.baseVal.width;
    const x = (event.clientX - box.left) / box.width * width, left = Number(figure.dataset.left);
    const n = Math.floor((x - left) / (width - left) * said.length);
    line.textContent = said[Math.max(0, Math.min(said.length - 1, n))];
  };
  figure.addEventListener("pointermove", show);
  figure.addEventListener("pointerdown", show);
}
