// data-hotkey="n" on a link, button or field: that key follows, presses or enters it, unless someone is typing.
// data-hotkey="mod+Enter" works while typing too (Ctrl, or Cmd on a Mac).

const isTyping = (element) => element.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");

function combination(event) {
  const modified = event.ctrlKey || event.metaKey;
  return (modified ? "mod+" : "") + event.key;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const keys = combination(event);
  if (!keys.startsWith("mod+") && isTyping(event.target)) return;
  const target = document.querySelector(`[data-hotkey="${CSS.escape(keys)}"]`);
  if (!target || target.disabled) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});
