// Two people, or two tabs, wrote the same text: show both, let the writer choose.
import { ask, part } from "./dialogs.js";
import { fieldsOf } from "./drafts.js";
import { text } from "./texts.js";

const labelOf = (form, name) => form.querySelector(`[name="${CSS.escape(name)}"]`)?.labels?.[0]?.textContent.trim() || name;

function side(title, words) {
  return part("section", "", part("h4", "", title), part("pre", "", words || "–"));
}

/** Resolves to "mine", "theirs" or "" (decided later). */
export function chooseVersion(form, { theirs = {}, message }) {
  const mine = Object.fromEntries(fieldsOf(form));
  const different = Object.keys(theirs).filter((name) => String(theirs[name] ?? "") !== (mine[name] ?? ""));
  const pairs = different.map((name) => part("section", "mt-3", part("h3", "", labelOf(form, name)),
    part("div", "versions", side(text("mine"), mine[name]), side(text("theirs"), String(theirs[name] ?? "")))));
  return ask({
    title: text("conflictTitle"), wide: true, body: [part("p", "", message || text("conflictText")), ...pairs],
    buttons: [{ label: text("keepTheirs"), value: "theirs" }, { label: text("keepMine"), value: "mine", primary: true }],
  });
}
