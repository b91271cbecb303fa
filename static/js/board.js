// Cards that move between columns, by mouse, touch or keyboard. The contract with the server is in docs/design-system.md.
import "../vendor/sortablejs/Sortable.min.js";
import { isSignedOut, json, post } from "./requests.js";
import { text } from "./texts.js";
import { toast } from "./toasts.js";

class Board {
  #dragging = false;

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
    window.Sortable.create(list, {
      group: this.element.id, draggable: "[data-move-url]", sort: false, animation: 140, ghostClass: "is-ghost", delay: 180, delayOnTouchOnly: true,
      filter: "a.btn, button", preventOnFilter: false,
      onStart: () => { this.#dragging = true; },
      onEnd: ({ item, from, to, oldIndex }) => {
        this.#dragging = false;
        if (from === to) return;
        const back = () => from.insertBefore(item, from.children[oldIndex] ?? null);
        this.propose(item, to.closest("[data-column]").dataset.column, back);
      },
    });
  }

  columns() { return [...this.element.querySelectorAll("[data-column]")]; }

  onClick(event) {
    const opener = event.target.closest("[data-move]");
    const card = opener?.closest("[data-move-url]");
    if (!card) return;
    event.preventDefault();
    this.propose(card, card.closest("[data-column]").dataset.column);
  }

  onKey(event) {
    const card = event.target.closest("[data-card]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const deed = {
      ArrowRight: () => this.proposeNeighbour(card, rtl), ArrowLeft: () => this.proposeNeighbour(card, -rtl),
      ArrowDown: () => this.focusCard(card.nextElementSibling), ArrowUp: () => this.focusCard(card.previousElementSibling),
      m: () => this.propose(card, card.closest("[data-column]").dataset.column),
    }[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  proposeNeighbour(card, step) {
    const columns = this.columns();
    const target = columns[columns.indexOf(card.closest("[data-column]")) + step];
    if (target) this.propose(card, target.dataset.column);
  }

  focusCard(card) { card?.querySelector("[data-move], a, button")?.focus(); }

  /** Ask why, then send. `back` undoes what a drag has already shown. */
  propose(card, column, back = () => {}) {
    if (!card.dataset.moveUrl) return;
    this.card = card;
    this.form.reset();
    this.showErrors([]);
    this.form.querySelector("[data-move-target]").value = column;
    this.dialog.querySelector("[data-move-name]").textContent = card.dataset.name ?? "";
    this.form.onsubmit = (event) => { event.preventDefault(); this.send(card, back); };
    this.dialog.onclose = () => { if (this.dialog.returnValue !== "moved") back(); this.focusCard(card); };
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.form.querySelector("textarea")?.focus();
  }

  async send(card, back) {
    if (this.sending) return;
    this.sending = true;
    try {
      const fields = [...new FormData(this.form), ["version", card.dataset.version]];
      const response = await post(card.dataset.moveUrl, fields, { "HX-Request": "true" });
      await this.answer(response, card, back);
    } catch {
      this.showErrors([text("failed")]);
    } finally {
      this.sending = false;
    }
  }

  async answer(response, card) {
    if (response.ok) {
      this.dialog.close("moved");
      return this.replace(await response.text(), card.dataset.card);
    }
    if (response.status === 422) return this.showErrors(Object.values((await json(response)).errors ?? {}).flat());
    if (isSignedOut(response)) return this.showErrors([text("signedOut")]);
    if (response.status !== 409) return this.showErrors([(await json(response)).message || text("failed")]);
    const { message } = await json(response);
    this.dialog.close();
    toast(message || text("movedMeanwhile"), "warning");
    return this.refresh();
  }

  showErrors(lines) {
    const box = this.form.querySelector("[data-move-error]");
    box.hidden = !lines.length;
    box.textContent = lines.join(" ");
  }

  /** Put the board the server sent in place of this one, keeping focus and scroll where they were. */
  replace(html, focused = document.activeElement?.closest?.("[data-card]")?.dataset.card) {
    if (!this.element.isConnected) return;
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(this.element.id);
    if (!fresh) { location.reload(); return; }
    const { scrollLeft } = this.element;
    clearTimeout(this.timer);
    this.element.replaceWith(fresh);
    fresh.scrollLeft = scrollLeft;
    window.htmx?.process(fresh);
    const board = boardOf(fresh);
    if (focused) board.focusCard(fresh.querySelector(`[data-card="${CSS.escape(focused)}"]`));
    fresh.dispatchEvent(new CustomEvent("board:replaced", { bubbles: true }));
  }

  async refresh(stamp = "") {
    const url = this.element.dataset.refreshUrl;
    if (!url) return;
    const address = new URL(url, location.href);
    if (stamp) address.searchParams.set("stamp", stamp);
    const response = await fetch(address, { headers: { "HX-Request": "true" }, redirect: "manual" });
    if (response.status === 200 && !this.isBusy) this.replace(await response.text());
  }

  get isBusy() { return this.#dragging || this.dialog.open || document.hidden; }

  poll() {
    this.timer = setTimeout(async () => {
      if (!this.element.isConnected) return;
      if (!this.isBusy) await this.refresh(this.element.dataset.stamp).catch(() => {});
      if (this.element.isConnected) this.poll();
    }, Number(this.element.dataset.refreshEvery) * 1000);
  }
}

const boards = new WeakMap();

function boardOf(element) {
  if (!boards.has(element)) boards.set(element, new Board(element));
  return boards.get(element);
}

/** Make these boards movable. */
export function start(elements) { elements.forEach(boardOf); }
