// Native dialogs: <button data-dialog="id"> opens, [data-close] closes, a click beside it closes one without a form.

/** Build a dialog from title, body nodes and buttons ({label, value, primary}); resolves to the value chosen, "" if dismissed. */
export function ask({ title, body = [], buttons, wide = false }) {
  const dialog = document.createElement("dialog");
  dialog.className = wide ? "dialog dialog-wide" : "dialog";
  const heading = Object.assign(document.createElement("h2"), { textContent: title, id: `dialog-${crypto.randomUUID?.() ?? Date.now()}` });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(part("div", "dialog-head", heading), part("div", "dialog-body", ...body), part("div", "dialog-foot", ...buttons.map(button)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("click", (event) => {
      const chosen = event.target.closest("button[value]");
      if (chosen) dialog.close(chosen.value);
    });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue); });
  });
}

/** An element with a class and children. */
export function part(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function button({ label, value, primary = false }) {
  return Object.assign(part("button", primary ? "btn btn-primary" : "btn btn-secondary", label), { type: "button", value });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog && !dialog.open) { event.preventDefault(); dialog.showModal(); }
    return;
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  else if (event.target.matches?.("dialog[open]") && !event.target.querySelector("form")) event.target.close();
  else if (event.target.closest("[data-dismiss]")) event.target.closest(".alert")?.remove();
});

// A dialog that htmx loaded is opened as soon as it is here.
document.addEventListener("htmx:load", (event) => {
  const loaded = event.detail.elt;
  const dialog = loaded.matches?.("dialog[data-open]") ? loaded : loaded.querySelector?.("dialog[data-open]");
  if (dialog && !dialog.open) dialog.showModal();
});

// Menus made of <details class="menu"> close when one looks elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

