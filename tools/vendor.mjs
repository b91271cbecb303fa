/**
 * Copy the front-end libraries the pages use out of node_modules into static/, so that running the portal needs no npm.
 *
 *   cd tools && npm ci --ignore-scripts && npm run vendor
 *
 * Writes static/vendor/<library>/…, static/vendor/VENDORED.json (package, version, SHA-256 of each file) and the icon
 * sprite static/img/icons.svg. `npm run vendor -- --check` changes nothing and fails if a committed file differs.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const staticRoot = join(here, "..", "static");
const checking = process.argv.includes("--check");

// package, folder below static/vendor, { file in the package: name here }. Source maps come along: the manifest storage
// refuses a file whose map is missing.
const LIBRARIES = [
  ["bootstrap", "bootstrap", {
    "dist/css/bootstrap.min.css": "bootstrap.min.css",
    "dist/css/bootstrap.min.css.map": "bootstrap.min.css.map",
    "dist/css/bootstrap.rtl.min.css": "bootstrap.rtl.min.css",
    "dist/css/bootstrap.rtl.min.css.map": "bootstrap.rtl.min.css.map",
    "dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "dist/js/bootstrap.bundle.min.js.map": "bootstrap.bundle.min.js.map",
    LICENSE: "LICENSE",
  }],
  ["htmx.org", "htmx", { "dist/htmx.min.js": "htmx.min.js", LICENSE: "LICENSE" }],
  ["sortablejs", "sortablejs", { "Sortable.min.js": "Sortable.min.js", LICENSE: "LICENSE" }],
  ["chart.js", "chartjs", {
    "dist/chart.umd.min.js": "chart.umd.min.js",
    "dist/chart.umd.min.js.map": "chart.umd.min.js.map",
    "LICENSE.md": "LICENSE",
  }],
  ["@fontsource-variable/inter", "inter", {
    "files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
    LICENSE: "LICENSE",
  }],
  ["bootstrap-icons", "bootstrap-icons", { LICENSE: "LICENSE" }],
];

const ICONS = `
  archive arrow-counterclockwise arrow-down arrow-left-right arrow-repeat arrow-right arrow-up arrows-move award
  bar-chart bell book box-arrow-right briefcase bullseye calendar-check calendar-event calendar3 card-checklist
  cash-stack chat-dots chat-left-quote chat-left-text chat-square-text check-circle check2 chevron-down chevron-left
  chevron-right chevron-up circle-half clipboard-check clipboard-data clock clock-history compass dash-circle
  diagram-3 download envelope exclamation-octagon exclamation-triangle eye file-earmark-pdf file-earmark-spreadsheet
  file-earmark-text flag funnel gear graph-up-arrow grid-3x3-gap hand-thumbs-up heart-pulse hourglass-split house
  inbox info-circle journal-text kanban key layers life-preserver lightbulb list list-check lock moon-stars
  mortarboard patch-check pencil people person person-badge person-check person-plus person-x plus-lg question-circle
  rocket-takeoff save search send shield-check shield-lock signpost-split slash-circle sliders speedometer2 star sun
  table tag three-dots translate trash trophy unlock upload x-circle x-lg
`.trim().split(/\s+/);

let stale = 0;

function put(path, bytes) {
  if (checking) {
    const same = (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)).equals(Buffer.from(bytes));
    if (!same) { console.error(`differs: ${path}`); stale += 1; }
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

const packageFile = (name, file) => readFileSync(join(here, "node_modules", name, file));
const version = (name) => JSON.parse(packageFile(name, "package.json")).version;

function copyLibraries() {
  const record = {};
  for (const [name, folder, files] of LIBRARIES) {
    record[folder] = { package: name, version: version(name), sha256: {} };
    for (const [source, target] of Object.entries(files)) {
      const bytes = packageFile(name, source);
      put(join(staticRoot, "vendor", folder, target), bytes);
      record[folder].sha256[target] = createHash("sha256").update(bytes).digest("hex");
    }
  }
  put(join(staticRoot, "vendor", "VENDORED.json"), JSON.stringify(record, null, 2) + "\n");
}

function drawSprite() {
  const symbols = ICONS.map((icon) => {
    const svg = packageFile("bootstrap-icons", `icons/${icon}.svg`).toString();
    const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\n\s*/g, "");
    return `<symbol id="${icon}" viewBox="0 0 16 16">${shapes}</symbol>`;
  });
  const head = `<!-- bootstrap-icons ${version("bootstrap-icons")}, MIT, drawn into one sprite by tools/vendor.mjs -->`;
  put(join(staticRoot, "img", "icons.svg"),
    `${head}\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

copyLibraries();
drawSprite();
if (stale) process.exit(1);
console.log(checking ? "static/vendor is what the lock file says." : `Vendored ${LIBRARIES.length} libraries, ${ICONS.length} icons.`);
