// Several people or units, one line each: there is always an empty line to go on in, and a list that is pasted takes a line for each.

const SEPARATORS = /[\n;,\t]+/;

/** The line after `line`; a new one where that was the last. */
function next(line) {
  const below = line.nextElementSibling;
  if (below?.matches("input")) return below;
  const made = line.cloneNode();
  made.value = "";
  made.removeAttribute("value");
  made.id = `${line.closest("[data-lines]").id}_${line.parentElement.querySelectorAll("input").length}`;
  line.after(made);
  window.htmx?.process(made);
  return made;
}

function paste(event) {
  const parts = event.clipboardData.getData("text").split(SEPARATORS).map((part) => part.trim()).filter(Boolean);
  if (parts.length < 2) return;
  event.preventDefault();
  let line = event.target;
  for (const part of parts) {
    while (line.value) line = next(line);
    line.value = part;
  }
  next(line).focus();
}

export function start(groups) {
  for (const group of groups) {
    group.addEventListener("input", (event) => { if (event.target.value && !event.target.nextElementSibling?.matches("input")) next(event.target); });
    group.addEventListener("paste", paste);
  }
}
