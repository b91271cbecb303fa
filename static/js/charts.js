// <canvas data-chart="id-of-json-script" role="img" aria-label="…"> draws {type, labels, series: [{label, values, tone}], percent, lowest, highest}.
// Each chart has a table twin in the page; a null value is a gap, never a zero.
import { text } from "./texts.js";

const TONES = { accent: "--accent-fill", good: "--good-fill", care: "--care-fill", bad: "--bad-fill", plum: "--plum-fill", mute: "--mute-fill" };
const ORDER = ["accent", "plum", "care", "good", "bad", "mute"];
const drawn = new Map();

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function dataset(series, index, type) {
  const tint = colour(TONES[series.tone] ?? TONES[ORDER[index % ORDER.length]]);
  return {
    label: series.label, data: series.values, borderColor: tint, backgroundColor: type === "line" ? "transparent" : tint,
    borderWidth: type === "line" ? 2.5 : 0, borderRadius: type === "bar" ? 4 : 0, maxBarThickness: 44, pointRadius: 3, pointBackgroundColor: tint, tension: 0, clip: false,
    borderDash: series.dashed ? [5, 4] : [], spanGaps: false,
  };
}

function options(spec) {
  const ink = colour("--ink-soft");
  const grid = colour("--line");
  const value = { beginAtZero: spec.lowest === undefined, min: spec.lowest, max: spec.highest, stacked: spec.stacked ?? false, border: { display: false }, grid: { color: grid }, ticks: { color: ink, precision: 0, callback: (tick) => (spec.percent ? `${tick} %` : tick) } };
  const category = { stacked: spec.stacked ?? false, border: { color: grid }, grid: { display: false }, ticks: { color: ink } };
  return {
    responsive: true, maintainAspectRatio: false, indexAxis: spec.horizontal ? "y" : "x",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 250 },
    interaction: { mode: "index", intersect: false },
    scales: spec.horizontal ? { x: value, y: category } : { x: category, y: value },
    plugins: { legend: { display: spec.series.length > 1, position: "bottom", labels: { color: ink, boxWidth: 18, boxHeight: 10, usePointStyle: spec.type === "line", pointStyle: "line" } } },
  };
}

/** Where nothing is known yet, words instead of empty axes. */
function saySo(canvas) {
  const words = Object.assign(document.createElement("p"), { className: "muted mb-0", textContent: text("nothingYet") });
  canvas.closest(".chart").replaceWith(words);
}

function draw(canvas) {
  const spec = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  if (spec.series.every((series) => series.values.every((value) => value === null))) return saySo(canvas);
  drawn.get(canvas)?.destroy();
  const datasets = spec.series.map((series, index) => dataset(series, index, spec.type));
  drawn.set(canvas, new window.Chart(canvas, { type: spec.type, data: { labels: spec.labels, datasets }, options: options(spec) }));
}

/** Draw these canvases, and again whenever the colours change. */
export async function start(canvases) {
  await import("../vendor/chartjs/chart.umd.min.js");
  window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  canvases.forEach(draw);
}

document.addEventListener("themechange", () => {
  for (const [canvas, chart] of drawn) if (canvas.isConnected) draw(canvas); else { chart.destroy(); drawn.delete(canvas); }
});
