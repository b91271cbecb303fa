// Save a form while it is being written. The contract with the server is in docs/design-system.md.
import { chooseVersion } from "./conflict.js";
import { Draft, fieldsOf, fill, isTouched } from "./drafts.js";
import { isSignedOut, json, post, renewTokens } from "./requests.js";
import { text } from "./texts.js";

const PAUSE = 1000;
const LONGEST_WAIT = 8000;
const SLOWEST_RETRY = 30000;

class Autosave {
  #timer = 0;
  #unsavedSince = 0;
  #retryIn = 2000;
  #saving = null;
  #generation = 0;

  constructor(form) {
    this.form = form;
    this.draft = new Draft(form);
    this.status = form.querySelector("[data-save-state]");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.beforeSubmit(event), { capture: true });
    window.addEventListener("online", () => this.retry());
    window.addEventListener("focus", () => this.retry());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.retry(); });
    window.addEventListener("beforeunload", (event) => { if (this.form.isConnected && this.isUnsaved && !this.submitting) event.preventDefault(); });
    this.offerLeftBehind();
    if (isTouched(form)) this.changed(); // written before this script was here, on a slow line
  }

  get version() { return this.form.elements.version; }
  get isUnsaved() { return this.#unsavedSince > 0; }

  changed() {
    this.#generation += 1;
    this.#unsavedSince ||= Date.now();
    this.draft.keep(this.version.value);
    if (!["offline", "signed-out", "refused"].includes(this.status?.dataset.state)) this.tell("typing", text("typing"));
    this.saveIn(Math.min(PAUSE, Math.max(0, this.#unsavedSince + LONGEST_WAIT - Date.now())));
  }

  saveIn(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), milliseconds);
  }

  retry() { if (this.isUnsaved && this.status?.dataset.state !== "refused") this.saveIn(0); }

  /** Send what is unsaved; one request at a time. Resolves to whether everything is with the server now. */
  async save() {
    clearTimeout(this.#timer);
    if (!this.form.isConnected) return false;
    if (this.#saving) { await this.#saving; return this.isUnsaved ? this.save() : true; }
    this.#saving = this.#send().finally(() => { this.#saving = null; });
    return this.#saving;
  }

  async #send() {
    const generation = this.#generation;
    if (this.status?.dataset.state === "typing") this.tell("saving", text("saving"));
    let response;
    try {
      response = await post(this.form.dataset.autosaveUrl, [...fieldsOf(this.form), ["version", this.version.value]]);
    } catch {
      return this.waitForConnection();
    }
    if (response.ok) return this.saved(await json(response), generation);
    if (isSignedOut(response)) return this.signedOut();
    if (response.status === 409) return this.conflict(await json(response));
    if (response.status >= 500 || response.status === 429) return this.waitForConnection();
    return this.refused(await json(response));
  }

  saved({ version, saved_at: savedAt }, generation) {
    this.version.value = version;
    this.#retryIn = 2000;
    if (this.wasSignedOut) { renewTokens(); this.wasSignedOut = false; }
    if (generation !== this.#generation) { this.draft.keep(version); this.#unsavedSince = Date.now(); this.saveIn(PAUSE); return false; }
    this.#unsavedSince = 0;
    this.draft.forget();
    const time = new Date(savedAt).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.tell("saved", text("saved", { time }));
    return true;
  }

  waitForConnection() {
    this.tell("offline", text("offline"));
    this.saveIn(this.#retryIn);
    this.#retryIn = Math.min(this.#retryIn * 2, SLOWEST_RETRY);
    return false;
  }

  signedOut() {
    this.wasSignedOut = true;
    const link = Object.assign(document.createElement("a"), { href: text("signInUrl"), target: "_blank", rel: "noopener", textContent: text("signIn") });
    this.tell("signed-out", text("signedOut"), " ", link);
    return false;
  }

  refused({ message }) {
    this.tell("refused", message || text("refused"));
    return false;
  }

  async conflict(answer) {
    this.tell("conflict", text("conflictTitle"));
    const choice = await chooseVersion(this.form, answer);
    if (!choice) return false;
    this.version.value = answer.version;
    if (choice === "theirs") fill(this.form, Object.entries(answer.theirs).map(([name, value]) => [name, String(value ?? "")]));
    return this.#send();
  }

  /** Let a submit go only when the text is saved, so that neither a save under way nor a lost one can trip it up. */
  async beforeSubmit(event) {
    if (this.submitting || this.status?.dataset.state === "refused") return;
    if (!this.isUnsaved && !this.#saving) { this.submitting = true; setTimeout(() => { this.submitting = false; }, 2000); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await this.save()) this.form.requestSubmit(event.submitter ?? undefined);
  }

  async offerLeftBehind() {
    const [copy] = await this.draft.leftBehind();
    if (!copy) return;
    const note = document.createElement("div");
    note.className = "alert alert-warning";
    note.setAttribute("role", "status");
    const words = Object.assign(document.createElement("div"), { textContent: text("recovered") });
    const button = (label, deed) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-secondary", textContent: label });
      made.addEventListener("click", () => { deed(); this.draft.forget(copy.key); note.remove(); });
      return made;
    };
    // Put back on top of the version it was written on: if the server has moved on, both texts are shown.
    note.append(words, button(text("restore"), () => { fill(this.form, copy.fields); this.version.value = copy.version; this.changed(); }), button(text("discard"), () => {}));
    this.form.before(note);
  }

  tell(state, ...words) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.replaceChildren(...words);
  }
}

/** Save these forms as they are written. */
export function start(forms) {
  for (const form of forms) if (!form.autosave) form.autosave = new Autosave(form);
}
