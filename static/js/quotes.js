// <button data-quote="#evidence-3" data-quote-to="#id_comment">: put the text of a piece of evidence into the text being written.

function quote(button) {
  const source = document.querySelector(button.dataset.quote);
  const target = targetOf(button);
  if (!source || !target) return;
  const words = source.innerText.trim().split("\n").map((line) => `> ${line}`).join("\n");
  const before = target.value.slice(0, target.selectionStart ?? target.value.length);
  const gap = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  target.setRangeText(`${gap}${words}\n\n`, before.length, target.selectionEnd ?? before.length, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
}

// The text written in last on this desk; before any was, the first one.
let lastWritten = null;
document.addEventListener("focusin", (event) => { if (event.target.matches(".desk textarea")) lastWritten = event.target; });

function targetOf(button) {
  if (button.dataset.quoteTo) return document.querySelector(button.dataset.quoteTo);
  return lastWritten?.isConnected ? lastWritten : button.closest(".desk")?.querySelector("textarea");
}

/** Make quote buttons work; without a target of their own they quote into the text written in last. */
export function start(buttons) {
  for (const button of buttons) button.addEventListener("click", () => quote(button));
}
