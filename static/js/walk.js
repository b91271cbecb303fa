// Walk a tree of links with the arrow keys: up and down along what is drawn, right to what is below, left to what is above.
const titles = (tree) => [...tree.querySelectorAll(".tree-node a.title")];

const nextOf = (tree, link, key) => {
  const item = link.closest("li");
  const all = titles(tree);
  switch (key) {
    case "ArrowDown": return all[all.indexOf(link) + 1];
    case "ArrowUp": return all[all.indexOf(link) - 1];
    case "ArrowRight": return item.querySelector(":scope > ul a.title");
    case "ArrowLeft": return item.parentElement.closest("li")?.querySelector(".tree-node a.title");
    case "Home": return all[0];
    case "End": return all[all.length - 1];
    default: return null;
  }
};

document.addEventListener("keydown", (event) => {
  const tree = event.target.closest?.("[data-walk]");
  const link = event.target.closest?.("a.title");
  if (!tree || !link || event.altKey || event.ctrlKey || event.metaKey) return;
  const backwards = { ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" };
  const key = document.dir === "rtl" ? (backwards[event.key] ?? event.key) : event.key;
  const next = nextOf(tree, link, key);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});
