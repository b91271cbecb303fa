// A button that puts the value of a field into the clipboard: <button data-copy="#id">. Where that is not allowed, it selects it.
import { text } from "./texts.js";
import { toast } from "./toasts.js";

async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    toast(text("copied"), "success");
  } catch { /* no leave to write there: what is selected can be copied by hand */ }
}

export function start(buttons) {
  for (const button of buttons) button.addEventListener("click", () => copy(document.querySelector(button.dataset.copy)));
}
