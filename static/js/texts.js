// The words scripts say come translated from includes/texts.html.

/** The text named `name`, with {placeholders} filled in. */
export function text(name, values = {}) {
  const found = document.getElementById("texts")?.dataset[name] ?? "";
  return found.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
