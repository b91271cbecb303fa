// Copies of text the server has not confirmed yet, in this browser, one per form and tab.

const UNSAVED = new Set(["csrfmiddlewaretoken", "version"]);

/** The fields of a form as [name, value] pairs, without files, token and version. */
export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !UNSAVED.has(name));
}

/** Whether a form says something else than the page it came with. */
export function isTouched(form) {
  return [...form.elements].some((field) => {
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    if (field.matches("select")) return [...field.options].some((option) => option.selected !== isDefault(field, option));
    return field.matches("textarea, input:not([type=hidden])") && field.value !== field.defaultValue;
  });
}

function isDefault(select, option) {
  const chosen = [...select.options].some((each) => each.defaultSelected);
  return chosen || select.multiple ? option.defaultSelected : option === select.options[0];
}

/** Put pairs back into a form. */
export function fill(form, fields) {
  const chosen = new Set(fields.map(([name, value]) => `${name}=${value}`));
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = chosen.has(`${name}=${field.value}`);
      else if (field.matches("select[multiple]")) for (const option of field.options) option.selected = chosen.has(`${name}=${option.value}`);
      else field.value = value;
    }
  }
}

export class Draft {
  constructor(form) {
    this.form = form;
    this.prefix = `draft:${form.dataset.draftKey || form.dataset.autosaveUrl}:`;
    this.key = this.prefix + Math.random().toString(36).slice(2);
    // Held as long as this tab lives, so that another tab does not take our copy for one a crash left behind.
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  keep(version) {
    try { localStorage.setItem(this.key, JSON.stringify({ version, fields: fieldsOf(this.form) })); } catch { /* storage full or forbidden: the server copy remains */ }
  }

  forget(key = this.key) {
    try { localStorage.removeItem(key); } catch { /* nothing was kept either */ }
  }

  /** Copies that closed or crashed tabs left behind and that say something else than the form does. */
  async leftBehind() {
    const held = new Set(((await navigator.locks?.query())?.held ?? []).map((lock) => lock.name));
    const now = JSON.stringify(fieldsOf(this.form));
    const found = [];
    for (const key of this.#keys().filter((each) => !held.has(each) && each !== this.key)) {
      const copy = JSON.parse(localStorage.getItem(key));
      if (JSON.stringify(copy.fields) === now) this.forget(key);
      else found.push({ key, ...copy });
    }
    return found;
  }

  #keys() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix)); } catch { return []; }
  }
}
