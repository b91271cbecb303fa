// Short notes in the corner. The server sends one with the header HX-Trigger: {"toast": {"level": "success", "text": "…"}}.
import { text } from "./texts.js";

const TONES = { success: "good", info: "info", warning: "care", error: "bad" };
const READING_TIME = 6000;

function region() {
  let found = document.getElementById("toasts");
  if (!found) {
    found = Object.assign(document.createElement("div"), { id: "toasts", className: "toasts", popover: "manual" });
    found.setAttribute("role", "status");
    document.body.append(found);
  }
  return found;
}

/** Show `words` for a while; a warning or an error stays until it is dismissed. */
export function toast(words, level = "info") {
  const note = document.createElement("div");
  note.className = `toast-note tone-${TONES[level] ?? "info"}`;
  const paragraph = document.createElement("p");
  paragraph.textContent = words;
  const close = Object.assign(document.createElement("button"), { type: "button", className: "btn-close" });
  close.setAttribute("aria-label", text("dismiss"));
  close.addEventListener("click", () => note.remove());
  note.append(paragraph, close);

  const list = region();
  list.append(note);
  // In the top layer, so that a note is also seen above an open dialog.
  if (list.showPopover) { if (list.matches(":popover-open")) list.hidePopover(); list.showPopover(); }
  if (level === "success" || level === "info") setTimeout(() => note.remove(), READING_TIME);
}

document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.level));
document.addEventListener("htmx:sendError", () => toast(text("failed"), "error"));
document.addEventListener("htmx:responseError", (event) => {
  if (!event.defaultPrevented) toast(messageOf(event.detail.xhr) || text("failed"), "error");
});

/** The message of a JSON answer such as {"message": "…"}, if it is one. */
function messageOf(xhr) {
  try { return JSON.parse(xhr.responseText).message ?? ""; } catch { return ""; }
}
