// The live page of a meeting: taps without a page load, single keys, a second recorder's entries, and a queue that
// keeps taps while the connection is away. Without this script every button is an ordinary form that does the same.

const page = document.querySelector("[data-live]");
const spoken = document.getElementById("spoken");
const QUEUE = `mktogether-taps-${page.dataset.user}-${page.dataset.meeting}`;
const A_DAY = 24 * 60 * 60 * 1000;
const KEYS = { p: "present", r: "remote", d: "deputy", a: "apologies", x: "absent" };

// --- The queue ---------------------------------------------------------------------------------------------------

function queued() {
  const taps = JSON.parse(localStorage.getItem(QUEUE) || "[]");
  return taps.filter((tap) => Date.now() - tap.at < A_DAY);
}

function keep(taps) {
  if (taps.length) localStorage.setItem(QUEUE, JSON.stringify(taps));
  else localStorage.removeItem(QUEUE);
}

let sending = false;

async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let taps = queued(); taps.length; taps = queued()) {
      const tap = taps[0];
      const answer = await post(tap);
      keep(queued().filter((other) => other.id !== tap.id));
      await take(answer, tap);
    }
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem; // fetch's word for "no connection"
    say(`No connection. ${queued().length} not sent yet; kept on this device.`);
    setTimeout(send, 4000);
  } finally {
    sending = false;
  }
}

function post(tap) {
  const body = new URLSearchParams({ state: tap.state, csrfmiddlewaretoken: token() });
  return fetch(tap.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
}

async function take(answer, tap) {
  if (answer.status === 422) {
    refuse(tap, (await answer.json()).error);
  } else if (answer.ok && answer.headers.get("Content-Type").includes("json")) {
    apply(await answer.json());
  } else {
    location.reload(); // closed meanwhile, or signed out: the page itself says so
  }
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

// --- What came back ------------------------------------------------------------------------------------------------

function apply(change) {
  const before = document.querySelector("#quorum [data-status]").dataset.status;
  const focus = remember();
  for (const [id, html] of Object.entries(change.fragments)) {
    const part = document.getElementById(id);
    if (!part) continue;
    part.innerHTML = html;
    if (part.classList.contains("place")) {
      part.classList.toggle("place--settled", part.querySelector(".place__settled") !== null);
    }
  }
  page.dataset.version = change.version;
  restore(focus);
  if (change.status !== before) spoken.textContent = change.spoken;
  say(`Saved ${change.saved}`);
}

// A replaced part loses the focus; it goes back to the button that had it.
function remember() {
  const active = document.activeElement;
  const part = active.closest("[id^=place-], #roll, #quorum");
  return part ? { part: part.id, value: active.value, href: active.getAttribute("href") } : null;
}

function restore(focus) {
  if (!focus) return;
  const part = document.getElementById(focus.part);
  const same = [...part.querySelectorAll("button, a")].find(
    (element) => (focus.value && element.value === focus.value) || (focus.href && element.getAttribute("href") === focus.href),
  );
  (same || part.querySelector("button, a"))?.focus({ preventScroll: true });
}

function refuse(tap, sentence) {
  const place = document.getElementById(`place-${tap.seat}`);
  place.querySelector(".govuk-error-message")?.remove();
  const error = document.createElement("p");
  error.className = "govuk-error-message place__more";
  error.setAttribute("role", "alert");
  error.textContent = sentence;
  place.append(error);
  place.querySelectorAll("[aria-pressed]").forEach((button) => button.setAttribute("aria-pressed", String(button.value === tap.before)));
  say("");
}

function say(words) {
  document.getElementById("saved").textContent = words;
}

// --- Taps and keys ---------------------------------------------------------------------------------------------------

page.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-tap]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  tap(form, event.submitter.value);
});

function tap(form, state) {
  const buttons = [...form.querySelectorAll("[aria-pressed]")];
  const before = buttons.find((button) => button.getAttribute("aria-pressed") === "true")?.value || "";
  buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === state)));
  const entry = { id: crypto.randomUUID(), at: Date.now(), seat: form.dataset.tap, url: form.getAttribute("action"), state, before };
  keep([...queued(), entry]);
  send();
}

page.addEventListener("keydown", (event) => {
  const place = event.target.closest(".place");
  if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (KEYS[key]) {
    event.preventDefault();
    const button = place.querySelector(`[value="${KEYS[key]}"]`);
    button.focus({ preventScroll: true });
    tap(button.form, button.value);
  } else if (key === "l") {
    location.assign(place.querySelector(".place__details").href);
  } else if (key === "arrowdown" || key === "arrowup") {
    event.preventDefault();
    step(place, key === "arrowdown" ? 1 : -1);
  } else if (key === "escape") {
    document.getElementById("attendance").focus();
  }
});

function step(place, by) {
  const places = [...document.querySelectorAll(".place")];
  const next = places[places.indexOf(place) + by];
  if (!next) return;
  (next.querySelector("[aria-pressed=true]") || next.querySelector("[aria-pressed]")).focus();
  next.scrollIntoView({ block: "nearest" });
}

// --- A second recorder -------------------------------------------------------------------------------------------------

async function ask() {
  if (document.visibilityState === "visible" && !sending && !queued().length) {
    try {
      const answer = await fetch(`${page.dataset.changes}?since=${page.dataset.version}`, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 404) return location.reload();
      if (answer.status === 200) {
        const change = await answer.json();
        if (change.over) return location.reload();
        apply(change);
      }
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
    }
  }
  setTimeout(ask, 4000);
}

// --- Beginning and end ---------------------------------------------------------------------------------------------------

window.addEventListener("online", send);
if (location.hash === "#id_what") document.getElementById("id_what")?.focus();
if (queued().length) send();
setTimeout(ask, 4000);
