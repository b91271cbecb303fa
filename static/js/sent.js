// What a form was sent with is kept in this tab until the next page shows that it arrived: whoever had been signed out finds it again.
import { fieldsOf, fill } from "./drafts.js";
import { toast } from "./toasts.js";
import { text } from "./texts.js";

const KEY = "sent";
const NOT_TYPED = "[type=hidden], [type=password], [type=search]";

const here = () => location.pathname + location.search;
const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
const write = (sent) => { try { sessionStorage.setItem(KEY, JSON.stringify(sent)); } catch { /* storage full or forbidden: as if nothing had been typed */ } };

export const forgetSent = () => { try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ } };

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.closest("main.page") || (event.defaultPrevented && !form.matches("[hx-post]"))) return;
  const fields = fieldsOf(form).filter(([name]) => !form.querySelector(`[name="${CSS.escape(name)}"]`)?.matches(NOT_TYPED));
  if (fields.some(([, value]) => value)) write({ page: here(), person: document.body.dataset.person, form: [...document.forms].indexOf(form), action: form.getAttribute("action"), fields });
});

/** Put what was typed back into the form it was sent from. */
function bringBack(sent) {
  const form = document.forms[sent.form];
  if (!form || form.getAttribute("action") !== sent.action) return;
  fill(form, sent.fields);
  form.closest("dialog")?.showModal();
  form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  toast(text("broughtBack"), "warning");
}

const sent = read();
// A page that says the form was not accepted: sign-in, or a token of before.
const refusal = document.querySelector("[data-unsent]");
if (sent && refusal) {
  write({ ...sent, isUnsent: true });
  if (refusal.matches("a")) refusal.href = sent.page;
} else if (sent && document.querySelector("main.page")) {
  forgetSent();
  if (sent.isUnsent && sent.page === here() && sent.person === document.body.dataset.person) bringBack(sent);
}
