// The verdict while one ticks and types: the same form is sent as by "Judge", and the parts that tell the result are
// replaced. Without this script the button does the same with a page load.

const form = document.querySelector("[data-judged]");
const spoken = document.getElementById("spoken");
const WAIT_MS = 400;
let waiting = 0;
let asking = null;

form.addEventListener("change", () => later(0));
form.addEventListener("input", (event) => {
  if (event.target.matches("textarea, input[type=text], input:not([type])")) later(WAIT_MS);
});
form.addEventListener("submit", () => {
  clearTimeout(waiting);
  asking?.abort();
});

function later(wait) {
  clearTimeout(waiting);
  waiting = setTimeout(judge, wait);
}

async function judge() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const body = new FormData(form);
  body.set("act", "judge");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), signal: mine.signal, redirect: "error" });
    if (!answer.ok && answer.status !== 422) throw new TypeError(answer.status);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch (problem) {
    if (problem.name === "AbortError") return;
    if (!(problem instanceof TypeError)) throw problem; // fetch's word for "no connection"
    say("The verdict could not be brought up to date. Press the button to try again.");
  }
}

function show(page) {
  const before = status(document);
  const parts = form.dataset.judged.split(" ").map((id) => document.getElementById(id));
  for (const part of [...parts, ...document.querySelectorAll("[data-judged-part]")]) {
    const fresh = part && page.getElementById(part.id);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  for (const group of form.querySelectorAll(".govuk-form-group[id]")) mark(group, page.getElementById(group.id));
  if (status(document) !== before) say(document.querySelector(".quorum-strip__headline")?.textContent || "");
}

// The errors of a field, without touching what somebody is typing in it.
function mark(group, fresh) {
  if (!fresh) return;
  group.classList.toggle("govuk-form-group--error", fresh.classList.contains("govuk-form-group--error"));
  group.querySelectorAll(":scope > .govuk-error-message").forEach((error) => error.remove());
  const field = group.querySelector("input, textarea, select");
  const same = fresh.querySelector("input, textarea, select");
  if (!field || !same || field.name !== same.name) return;
  fresh.querySelectorAll(":scope > .govuk-error-message").forEach((error) => field.before(error));
  for (const name of ["aria-invalid", "aria-describedby", "class"]) {
    if (same.hasAttribute(name)) field.setAttribute(name, same.getAttribute(name));
    else field.removeAttribute(name);
  }
}

function status(page) {
  return page.querySelector("[data-status]")?.dataset.status;
}

function say(words) {
  spoken.textContent = words;
}
