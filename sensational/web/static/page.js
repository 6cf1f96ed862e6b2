// The page works without this. With it, the ledger opens step by step, and the pages of a class keep up.
"use strict";
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input[type=range]").forEach(showValue);
  document.querySelectorAll("[data-drop]").forEach(acceptDrop);
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
  document.querySelectorAll("[data-poll]").forEach(keepUp);
  const ledger = document.querySelector("[data-rows]");
  const bar = document.querySelector("[data-stepper]");
  if (ledger && bar) openStepByStep(ledger, bar);
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

// A step is a row of the ledger, then the chart, then the number. What is not open is not there, for nobody.
function openStepByStep(ledger, bar) {
  const rows = [...ledger.querySelectorAll("tbody tr")];
  const end = [...document.querySelectorAll("[data-end]")]; // shown when everything is
  const last = [...ledger.querySelectorAll("tfoot tr, [data-last]")]; // shown when all rows are
  const steps = [...rows, ...document.querySelectorAll("[data-step]")];
  if (!rows.length) return;
  const next = bar.querySelector("[data-next]");
  const said = bar.querySelector("[data-said]");
  const marks = [...document.querySelectorAll("[data-terms]")];
  const aside = document.querySelector(".aside");
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  let open = 0;

  const label = () => {
    const step = steps[open];
    next.textContent = rows.includes(step) ? `Open term ${open + 1} of ${rows.length}` : `Show ${step?.dataset.step}`;
  };
  const openOne = () => {
    const step = steps[open];
    open += 1;
    step.classList.remove("closed");
    ledger.querySelectorAll("tr.now").forEach((row) => row.classList.remove("now"));
    marks.forEach((mark) => mark.classList.remove("now"));
    if (rows.includes(step)) light(step);
    else last.forEach((one) => one.classList.remove("closed"));
    return step;
  };
  const light = (row) => {
    const term = row.id.replace("term-", "");
    row.classList.add("now");
    for (const mark of marks) {
      if (mark.dataset.terms.split(" ").includes(term)) mark.classList.add("lit", "now");
    }
    for (const link of document.querySelectorAll(`a[href="#term-${term}"]`)) {
      for (const one of [link, ...link.querySelectorAll("sup")]) one.classList.add("lit");
    }
  };
  const tell = (row) => {
    const words = (element) => element.textContent.replace(/[^\p{L}\p{N}\p{P}]+/gu, " ").trim();
    const verdicts = [...row.querySelectorAll(".verdict")].map(words).join(", ");
    const reasons = [...row.querySelectorAll(".reason")].map(words).join(" ");
    said.textContent = `${words(row.querySelector("th"))}: ${verdicts}. ${reasons}`;
    const evidence = aside?.querySelector("mark.now");
    if (evidence && aside.scrollHeight > aside.clientHeight + 1) {
      const top = evidence.getBoundingClientRect().top - aside.getBoundingClientRect().top + aside.scrollTop;
      aside.scrollTo({ top: top - aside.clientHeight / 3, behavior });
    }
    row.scrollIntoView({ block: "nearest", behavior });
  };
  const goOn = () => {
    const step = openOne();
    if (rows.includes(step)) tell(step);
    else step.scrollIntoView({ block: "start", behavior });
    if (open < steps.length) { label(); return; }
    finish(step);
  };
  const finish = (step) => {
    bar.hidden = true;
    end.forEach((one) => one.classList.remove("closed"));
    said.textContent = "";
    document.body.classList.remove("stepping");
    aside?.removeAttribute("tabindex");
    const heading = step.querySelector("h2") ?? ledger.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };

  const claim = document.querySelector(".claim");
  if (claim.offsetHeight < innerHeight / 3) {
    claim.classList.add("stuck");
    document.documentElement.style.setProperty("--claim", `${claim.offsetHeight}px`);
  }
  document.body.classList.add("stepping");
  [...steps, ...last, ...end].forEach((one) => one.classList.add("closed"));
  bar.hidden = false;
  if (aside) aside.tabIndex = 0; // beside the ledger it scrolls by itself, and has to for the keyboard too
  label();
  next.addEventListener("click", goOn);
  bar.querySelector("[data-all]").addEventListener("click", () => {
    while (open < steps.length - 1) openOne();
    goOn();
  });
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target.closest?.("input, textarea, select, .aside, .scroll");
    if (event.key !== "ArrowRight" || elsewhere || bar.hidden) return;
    event.preventDefault();
    goOn();
  });
  next.focus({ preventScroll: true });
}
