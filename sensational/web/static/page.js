// The page works without this. With it, the ledger opens step by step, and the pages of a class keep up.
"use strict";
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input[type=range]").forEach(showValue);
  document.querySelectorAll("[data-drop]").forEach(acceptDrop);
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
  document.querySelectorAll("[data-poll]").forEach(keepUp);
  const sides = document.querySelector("[data-steps]");
  const bar = document.querySelector("[data-stepper]");
  if (sides && bar) openStepByStep(sides, bar);
});

function showValue(range) {
  const output = document.querySelector(`output[for="${range.id}"]`);
  if (!output) return;
  const show = () => { output.textContent = range.value; };
  range.addEventListener("input", show);
  show();
}

function acceptDrop(zone) {
  const input = zone.querySelector("input[type=file]");
  const over = (event, on) => { event.preventDefault(); zone.classList.toggle("over", on); };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// Asks every few seconds where the class is. Numbers are brought up to date; a new place is a new page.
function keepUp(element) {
  const ask = async () => {
    try {
      const answer = await fetch(element.dataset.poll, { credentials: "same-origin" });
      const now = answer.ok ? await answer.json() : {};
      if (now.place && now.place !== element.dataset.place) { location.reload(); return; }
      for (const shown of document.querySelectorAll("[data-count]")) {
        const value = now[shown.dataset.count];
        if (value !== undefined && shown.textContent !== String(value)) shown.textContent = value;
      }
    } catch { /* the network is away for a moment: ask again */ }
    setTimeout(ask, 2000 + Math.random() * 1000);
  };
  setTimeout(ask, 2000);
}

// A step is a row of the ledger, then the chart, then the score.
function openStepByStep(sides, bar) {
  const rows = [...sides.querySelectorAll(".main-side > section:first-child tbody tr")];
  const total = sides.querySelector(".main-side > section:first-child tfoot tr");
  const parts = [...sides.querySelectorAll("[data-step]")];
  const steps = [...rows, ...parts];
  if (!rows.length) return;
  const next = bar.querySelector("[data-next]");
  const said = bar.querySelector("[data-said]");
  const marks = [...document.querySelectorAll("[data-terms]")];
  let open = 0;

  document.body.classList.add("stepping");
  steps.forEach((step) => step.classList.add("closed"));
  if (total) total.classList.add("closed");
  bar.hidden = false;

  const termsOf = (row) => [row, ...row.querySelectorAll("[id^=term-]")].map((one) => one.id.replace("term-", ""));
  const light = (terms, now) => {
    for (const mark of marks) {
      const own = mark.dataset.terms.split(" ").some((term) => terms.includes(term));
      if (own) mark.classList.add("lit");
      mark.classList.toggle("now", own && now);
    }
    for (const term of terms) {
      for (const link of document.querySelectorAll(`a[href="#term-${term}"]`)) {
        link.classList.add("lit");
        link.querySelectorAll("sup").forEach((sup) => sup.classList.add("lit"));
      }
    }
  };
  const label = () => {
    const left = steps[open];
    if (!left) { bar.hidden = true; return; }
    next.textContent = open < rows.length
      ? `Open term ${open + 1} of ${rows.length}`
      : `Show ${left.dataset.step}`;
  };
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (element, block) => element.scrollIntoView({ block, behavior: quiet ? "auto" : "smooth" });
  const openNext = (now) => {
    const step = steps[open];
    if (!step) return;
    document.querySelectorAll("tr.now").forEach((row) => row.classList.remove("now"));
    step.classList.remove("closed");
    open += 1;
    if (open <= rows.length) {
      light(termsOf(step), now);
      step.classList.toggle("now", now);
      if (now) {
        const verdict = step.querySelector(".judged")?.innerText.trim().replace(/\s+/g, " ") ?? "";
        said.textContent = `${step.querySelector("th").textContent}: ${verdict.replace(/[^a-z ]/g, "").trim()}`;
        const aside = sides.querySelector(".aside");
        const evidence = aside?.querySelector("mark.now");
        if (evidence && aside.scrollHeight > aside.clientHeight + 1) {
          const top = evidence.getBoundingClientRect().top - aside.getBoundingClientRect().top + aside.scrollTop;
          aside.scrollTo({ top: top - aside.clientHeight / 3, behavior: quiet ? "auto" : "smooth" });
        }
      }
    } else {
      light([], false);
      said.textContent = "";
      if (total) total.classList.remove("closed");
    }
    if (now) show(step, open <= rows.length ? "nearest" : "start");
    label();
    if (bar.hidden && now) {
      const heading = step.querySelector("h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      document.body.classList.remove("stepping");
    }
  };
  next.addEventListener("click", () => openNext(true));
  bar.querySelector("[data-all]").addEventListener("click", () => {
    while (open < steps.length - 1) openNext(false);
    openNext(true);
  });
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest?.("input, textarea, select, .aside, .scroll, summary");
    if (!busy && !bar.hidden && ["ArrowRight", "PageDown"].includes(event.key)) { event.preventDefault(); openNext(true); }
  });
  label();
  next.focus({ preventScroll: true });
}
