/*
 * How far a piece of work is: the part of the page is fetched again every two seconds until the work is over.
 * Without this script, the link "See how far it is now" does the same.
 */
const EVERY_MS = 2000;

const part = document.querySelector("[data-work]");
const said = document.querySelector("[data-work-said]");
const again = document.querySelector("[data-work-again]");
if (part) window.setTimeout(look, EVERY_MS);

async function look() {
  const response = await fetch(part.dataset.work, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok || response.redirected) return stop();
  part.innerHTML = await response.text();
  if (!part.querySelector("[data-work-over]")) return window.setTimeout(look, EVERY_MS);
  said.textContent = part.querySelector("h2").textContent;
  again?.remove();
}

/* Offline, signed out or refused: the link stays, and whoever follows it sees why. */
function stop() {
  said.textContent = "";
}
