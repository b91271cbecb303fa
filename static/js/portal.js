// The one script of every page; what a page does not use is not fetched.
import "./toasts.js";
import "./dialogs.js";
import "./hotkeys.js";
import { forgetSent } from "./sent.js";

const MODULES = [
  ["form[data-autosave-url]", () => import("./autosave.js")],
  ["[data-board]", () => import("./board.js")],
  ["canvas[data-chart]", () => import("./charts.js")],
  ["[data-copy]", () => import("./copying.js")],
  ["[data-lines]", () => import("./lines.js")],
  ["[data-quote]", () => import("./quotes.js")],
];

/** Bring to life what is below `root`: the page once, and each piece htmx puts into it. */
async function enliven(root) {
  for (const [selector, load] of MODULES) {
    const found = [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    if (found.length) (await load()).start(found);
  }
}

enliven(document);

// On a narrow screen the evidence starts folded, above the text it is meant for.
if (!matchMedia("(min-width: 1100px)").matches) {
  for (const evidence of document.querySelectorAll(".desk-evidence > details")) evidence.open = false;
}
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) enliven(event.detail.elt); });

// On a narrow screen the tab of this page may lie outside the row of tabs.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.parentElement;
  if (row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

// In a long menu the place of this page may lie below the edge of the screen.
for (const place of document.querySelectorAll(".sidenav [aria-current]")) {
  const menu = place.closest("nav");
  const below = place.offsetTop + place.offsetHeight - menu.offsetTop - menu.clientHeight;
  if (below > 0) menu.scrollTop = below + menu.clientHeight / 3;
}

// On a phone only the first filters show; the others on demand.
document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-unfold]")?.form;
  if (!form) return;
  form.classList.add("is-unfolded");
  form.querySelector(":scope > div:nth-of-type(5) :is(input, select)")?.focus();
});

// Where an error summary came back, take the reader to it.
document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.querySelector?.(".error-summary")?.focus());
document.querySelector(".error-summary")?.focus();

// Signing out clears what this device kept of unsaved texts: the next person at this desk must not find them.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  forgetSent();
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
});
