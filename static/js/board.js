// Cards that move between columns, by mouse, touch or keyboard. The contract with the server is in docs/design-system.md.
import "../vendor/sortablejs/Sortable.min.js";
import { part } from "./dialogs.js";
import { isSignedOut, json, post } from "./requests.js";
import { text } from "./texts.js";

const SLOWEST_ANSWER = 10000;

class Board {
  #dragging = false;
  #generation = 0;

  constructor(element) {
    this.element = element;
    this.dialog = document.getElementById(element.dataset.moveDialog);
    this.form = this.dialog.querySelector("[data-move-form]");
    for (const list of element.querySelectorAll("[data-cards]")) this.makeSortable(list);
    element.addEventListener("click", (event) => this.onClick(event));
    element.addEventListener("keydown", (event) => this.onKey(event));
    if (element.dataset.refreshUrl && element.dataset.refreshEvery) this.poll();
  }

  makeSortable(list) {
    const group = this.rowOf(list);
    group.dataset.sortGroup ??= crypto.randomUUID?.() ?? Math.random().toString(36);
    window.Sortable.create(list, {
      group: group.dataset.sortGroup, draggable: "[data-move-url]", sort: false, animation: 140, ghostClass: "is-ghost", delay: 180, delayOnTouchOnly: true,
      filter: "a.btn, button, input", preventOnFilter: false,
      onStart: () => { this.#dragging = true; },
      onEnd: ({ item, from, to, oldIndex }) => {
        this.#dragging = false;
        if (from === to) { this.catchUp(); return; }
        const back = () => from.insertBefore(item, from.children[oldIndex] ?? null);
        this.propose(item, to.closest("[data-column]").dataset.column, back);
      },
    });
  }

  /** The columns a card can move between: all of the board, or those of its manager's row. */
  rowOf(element) { return element.closest("[data-columns]") ?? this.element; }

  columns(card) {
    const found = [...this.rowOf(card).querySelectorAll("[data-column]")];
    // A list has a row for each card; its columns are the choices of the dialog.
    return card.dataset.column === undefined ? found.map((column) => column.dataset.column) : [...this.target.options].map((option) => option.value);
  }

  columnOf(card) { return card.closest("[data-column]").dataset.column; }
  get target() { return this.form.querySelector("[data-move-target]"); }

  onClick(event) {
    const opener = event.target.closest("[data-move]");
    const card = opener?.closest("[data-move-url]");
    if (!card) return;
    event.preventDefault();
    this.propose(card, this.columnOf(card));
  }

  onKey(event) {
    const card = event.target.closest("[data-card]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const width = Number(this.rowOf(card).dataset.grid);
    const deed = (width ? this.gridDeeds(card, width, rtl) : this.rowDeeds(card, rtl))[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  rowDeeds(card, rtl) {
    return {
      ArrowRight: () => this.proposeNeighbour(card, rtl), ArrowLeft: () => this.proposeNeighbour(card, -rtl),
      ArrowDown: () => this.focusCard(card.nextElementSibling), ArrowUp: () => this.focusCard(card.previousElementSibling),
      m: () => this.propose(card, this.columnOf(card)),
    };
  }

  /** In a grid whose boxes are numbered from the lower left, 0 lying beside it: arrows go to the neighbour, digits to a box. */
  gridDeeds(card, width, rtl) {
    const now = Number(this.columnOf(card));
    const step = (across, up) => () => {
      const column = (now - 1) % width + across;
      const next = now ? now + across + up * width : (width * width + 1) / 2;
      if (!now || column >= 0 && column < width && next > 0 && next <= width * width) this.propose(card, String(next));
    };
    const deeds = {
      ArrowRight: step(rtl, 0), ArrowLeft: step(-rtl, 0), ArrowUp: step(0, 1), ArrowDown: step(0, -1),
      j: () => this.focusCard(card.nextElementSibling), k: () => this.focusCard(card.previousElementSibling),
      m: () => this.propose(card, String(now)),
    };
    for (const column of this.columns(card)) deeds[column] = () => this.propose(card, column);
    return deeds;
  }

  proposeNeighbour(card, step) {
    const columns = this.columns(card);
    const target = columns[columns.indexOf(this.columnOf(card)) + step];
    if (target) this.propose(card, target);
  }

  focusCard(card) { card?.querySelector("[data-move], a, button")?.focus(); }

  /** Ask why, then send. `back` undoes what a drag has already shown. */
  propose(card, column, back = () => {}) {
    if (!card.dataset.moveUrl) return;
    this.form.reset();
    this.showErrors([]);
    this.ask(false);
    this.target.value = column;
    const draft = new MoveDraft(card, this.form);
    draft.bring();
    this.dialog.querySelector("[data-move-name]").textContent = card.dataset.name ?? "";
    this.form.oninput = () => draft.keep();
    this.form.onclick = (event) => { if (event.target.closest("[data-move-leave]")) draft.forget(); };
    this.form.onsubmit = (event) => { event.preventDefault(); this.send(card, draft); };
    this.dialog.onclose = () => {
      if (this.dialog.returnValue !== "moved") { back(); this.focusCard(card); }
    };
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.form.querySelector("textarea")?.focus();
  }

  /** Whether the dialog asks for the first time, or again after somebody else was faster. */
  ask(again) {
    const button = this.form.querySelector("[data-move-send]");
    button.dataset.first ??= button.textContent;
    button.textContent = again ? button.dataset.again : button.dataset.first;
  }

  async send(card, draft) {
    if (this.sending) return;
    this.sending = true;
    try {
      const fields = [...new FormData(this.form), ["version", card.dataset.version]];
      const response = await post(card.dataset.moveUrl, fields, { "HX-Request": "true" });
      await this.answer(response, card, draft);
    } catch {
      this.showErrors([text("moveOffline")]);
    } finally {
      this.sending = false;
    }
  }

  async answer(response, card, draft) {
    if (response.ok) {
      draft.forget();
      const answer = await response.text();
      this.dialog.close("moved");
      return this.show(answer, card.dataset.card);
    }
    if (isSignedOut(response)) return this.showErrors([text("moveSignedOut")], true);
    const { errors, message, version } = await json(response);
    if (response.status === 422) return this.showErrors(Object.values(errors ?? {}).flat());
    if (response.status !== 409) return this.showErrors([message || text("failed")]);
    // Nothing is taken from the writer: the words stay, and sending them again is on top of what the other did.
    if (version) card.dataset.version = version;
    this.ask(true);
    return this.showErrors([message || text("movedMeanwhile")]);
  }

  showErrors(lines, signIn = false) {
    const box = this.form.querySelector("[data-move-error]");
    box.hidden = !lines.length;
    box.textContent = lines.join(" ");
    if (!signIn) return;
    const link = Object.assign(document.createElement("a"), { href: text("signInUrl"), target: "_blank", textContent: text("signIn") });
    box.append(" ", link);
  }

  /** Put an answer to a move on the board: the whole board, or only what changed. */
  show(html, moved) {
    this.#generation += 1;
    const answer = new DOMParser().parseFromString(html, "text/html");
    const changes = answer.getElementById("board-changes");
    if (!changes) { this.replace(html, moved); return; }
    for (const change of changes.querySelectorAll("template[data-card-now]")) this.place(change);
    this.exchange("[data-spread]", changes);
    const told = document.getElementById("last-move");
    told?.replaceWith(changes.querySelector("#last-move"));
    this.focusCard(this.card(moved));
    this.element.dispatchEvent(new CustomEvent("board:replaced", { bubbles: true }));
  }

  card(pk) { return this.element.querySelector(`[data-card="${CSS.escape(pk)}"]`); }

  exchange(selector, answer) {
    const [old, fresh] = [this.element.querySelector(selector), answer.querySelector(selector)];
    if (old && fresh) old.replaceWith(fresh);
  }

  place(change) {
    const old = this.card(change.dataset.cardNow);
    const fresh = document.importNode(change.content.firstElementChild, true);
    if (!old || !fresh) return;
    const pick = old.querySelector("[name=cards]");
    if (pick) fresh.querySelector("[name=cards]").checked = pick.checked;
    const row = this.rowOf(old);
    if (fresh.dataset.column === undefined) {
      const list = row.querySelector(`[data-column="${CSS.escape(change.dataset.columnNow)}"] [data-cards]`);
      old.remove();
      const after = [...(list?.children ?? [])].find((each) => lastName(each).localeCompare(lastName(fresh)) > 0);
      list?.insertBefore(fresh, after ?? null);
      for (const column of row.querySelectorAll("[data-column]")) count(column);
    } else {
      old.replaceWith(fresh);
    }
    window.htmx?.process(fresh);
  }

  /** Put the board the server sent in place of this one, keeping focus, ticks and scroll where they were. */
  replace(html, focused = document.activeElement?.closest?.("[data-card]")?.dataset.card) {
    if (!this.element.isConnected) return;
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(this.element.id);
    if (!fresh || fresh.dataset.state !== this.element.dataset.state) { location.reload(); return; }
    const places = scrolled(this.element).map((each) => each.scrollLeft);
    const ticked = [...this.element.querySelectorAll("[name=cards]:checked")].map((each) => each.value);
    clearTimeout(this.timer);
    this.element.replaceWith(fresh);
    scrolled(fresh).forEach((each, index) => { each.scrollLeft = places[index] ?? 0; });
    for (const tick of fresh.querySelectorAll("[name=cards]")) tick.checked = ticked.includes(tick.value);
    window.htmx?.process(fresh);
    const board = boardOf(fresh);
    if (focused) board.focusCard(board.card(focused));
    fresh.dispatchEvent(new CustomEvent("board:replaced", { bubbles: true }));
  }

  /** Ask whether the board is still as it lies here; tell by the light in the corner how that went. */
  async refresh() {
    const { refreshUrl, stamp } = this.element.dataset;
    if (!refreshUrl || this.asking) return;
    this.asking = true;
    const generation = this.#generation;
    try {
      const headers = { "HX-Request": "true", ...(stamp && { "If-None-Match": `"${stamp}"` }) };
      const response = await fetch(refreshUrl, { headers, redirect: "manual", signal: AbortSignal.timeout(SLOWEST_ANSWER) });
      if (isSignedOut(response)) return tell("boardSignedOut");
      if (response.status !== 304 && !response.ok) return tell("lost");
      tell("live");
      const answer = response.ok ? await response.text() : "";
      // What was asked before a move of one's own, or has come under a hand since, is out of date: it is asked again.
      if (answer && !this.isBusy && generation === this.#generation) this.replace(answer);
    } catch {
      tell("lost");
    } finally {
      this.asking = false;
    }
  }

  get isBusy() { return this.#dragging || document.hidden || Boolean(document.querySelector("dialog[open]")); }

  /** What was held back while a hand was on the board. */
  catchUp() { if (this.element.isConnected && this.element.dataset.refreshEvery && !this.isBusy) this.refresh(); }

  poll() {
    this.timer = setTimeout(async () => {
      if (!this.element.isConnected) return;
      if (!this.isBusy) await this.refresh();
      if (this.element.isConnected) this.poll();
    }, Number(this.element.dataset.refreshEvery) * 1000);
  }
}

/** The words of one move, kept on this device until the server has them or their writer lets them go. */
class MoveDraft {
  constructor(card, form) {
    this.form = form;
    this.key = `draft:move:${card.dataset.moveUrl.split("?")[0]}`;
  }

  get fields() { return [...this.form.querySelectorAll("textarea, select:not([data-move-target])")]; }

  keep() {
    const words = this.fields.map((field) => [field.name, field.value]);
    try { localStorage.setItem(this.key, JSON.stringify(words)); } catch { /* storage full or forbidden: the dialog still has them */ }
  }

  bring() {
    try {
      const kept = Object.fromEntries(JSON.parse(localStorage.getItem(this.key)) ?? []);
      for (const field of this.fields) field.value = kept[field.name] ?? field.value;
    } catch { /* nothing was kept */ }
  }

  forget() { try { localStorage.removeItem(this.key); } catch { /* nothing was kept either */ } }
}

const scrolled = (board) => [board, ...board.querySelectorAll(".board, .table-frame, .team-row")];
const lastName = (card) => (card.dataset.name ?? "").split(" ").reverse().join(" ");

function count(column) {
  const figure = column.querySelector("[data-count]");
  if (figure) figure.textContent = column.querySelectorAll("[data-card]").length;
}

/** Say in the corner whether the board is live; only a change is said, so that nobody hears it every two seconds. */
function tell(state) {
  const light = document.getElementById("live");
  if (!light || light.dataset.liveState === state) return;
  light.dataset.liveState = state;
  light.textContent = text(state);
}

const boards = new WeakMap();

function boardOf(element) {
  if (!boards.has(element)) boards.set(element, new Board(element));
  return boards.get(element);
}

const boardsHere = () => [...document.querySelectorAll("[data-board]")].map(boardOf);

// Whatever held a board still has ended: it shows at once what it missed. After a move it has just been told.
document.addEventListener("close", (event) => {
  if (event.target.returnValue !== "moved") boardsHere().forEach((board) => board.catchUp());
}, true);
for (const [target, event] of [[document, "visibilitychange"], [window, "online"]]) {
  target.addEventListener(event, () => boardsHere().forEach((board) => board.catchUp()));
}

// Taking a move back, from the line under the filters or from the card's dialog. Refused, it says why; the words stay.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-undo]");
  const [board] = boardsHere();
  if (!form || !board) return;
  event.preventDefault();
  const say = (words) => complain(form, words);
  try {
    const response = await post(form.action, new FormData(form), { "HX-Request": "true" });
    if (response.ok) {
      const answer = await response.text();
      form.closest("dialog")?.close();
      board.show(answer, new URL(form.action).pathname.match(/(\d+)\/undo/)?.[1] ?? "");
    } else if (isSignedOut(response)) say(text("moveSignedOut"));
    else say(Object.values((await json(response)).errors ?? {}).flat().join(" ") || text("failed"));
  } catch { say(text("moveOffline")); }
});

function complain(form, words) {
  form.querySelector("[role=alert]")?.remove();
  const note = part("p", "error-summary mb-2", words);
  note.setAttribute("role", "alert");
  form.prepend(note);
}

/** Make these boards movable. */
export function start(elements) { elements.forEach(boardOf); }
