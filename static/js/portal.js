/*
 * Small helps on every page. Each page works without them.
 *
 * - marks the body, so that GOV.UK Frontend's script-only parts show, and starts the parts that the page uses
 * - turns the link "Menu" of a phone into a button that opens and closes
 * - empties what a live meeting keeps on this device, at sign-out
 * - "Leave this page quickly": by the button, or by Escape or Shift three times within five seconds
 */
const PRESSES = 3;
const PRESSES_WITHIN_MS = 5000;

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startGovukParts();
startMenu();
startLeaving();
forgetAtSignOut();

async function startGovukParts() {
  const address = document.querySelector('meta[name="govuk-frontend"]')?.content;
  if (!address || !document.querySelector('[data-module^="govuk-"]')) return;
  const { initAll } = await import(address);
  initAll({ button: { preventDoubleClick: true } });
}

function startMenu() {
  const link = document.querySelector("[data-portal-menu]");
  const parts = document.getElementById("navigation");
  if (!link || !parts) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.textContent = link.textContent;
  button.setAttribute("aria-controls", parts.id);
  link.replaceWith(button);
  const show = (open) => {
    parts.classList.toggle("portal-nav--open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  show(false);
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
}

function startLeaving() {
  const link = document.querySelector("[data-portal-leave]");
  if (!link) return;
  const counted = document.querySelector("[data-portal-leave-count]");
  let key = "";
  let times = [];

  const leave = () => {
    document.documentElement.classList.add("leaving");
    document.title = "";
    window.location.replace(link.href);
  };
  const forget = () => {
    times = [];
    key = "";
    counted.textContent = "";
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Escape" && event.key !== "Shift") return forget();
    const now = Date.now();
    times = (event.key === key ? times : []).filter((time) => now - time < PRESSES_WITHIN_MS);
    key = event.key;
    times.push(now);
    const left = PRESSES - times.length;
    if (left <= 0) return leave();
    counted.textContent = `Press ${key} ${left === 1 ? "once" : "twice"} more to leave this page`;
    window.setTimeout(() => times.at(-1) === now && forget(), PRESSES_WITHIN_MS);
  });
}

// What one person could not send from a live meeting is not left for the next one at this computer.
function forgetAtSignOut() {
  document.querySelectorAll('form[action="/sign-out/"]').forEach((form) => {
    form.addEventListener("submit", () => {
      Object.keys(localStorage)
        .filter((key) => key.startsWith("mktogether-taps-"))
        .forEach((key) => localStorage.removeItem(key));
    });
  });
}
