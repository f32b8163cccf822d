// The data_visualization block as a small SVG: bar, line and area over categories, and pie.
// Fields: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block

import { h, svg } from "./dom.js";

const WIDTH = 560;
const HEIGHT = 200;
const EDGE = { left: 34, right: 8, top: 10, bottom: 26 };
const LETTER = 10; // width of a letter below the axis, on a phone rather than on a desk
const COLOURS = 8; // .series-0 … .series-7 in blocks.css

export function chartBlock(block) {
  const chart = block.chart ?? {};
  const drawn = chart.type === "pie" ? pie(chart) : overCategories(chart);
  return h("figure", { class: "chart" },
    h("figcaption", {}, block.title ?? ""),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": inWords(block.title, chart) }, drawn.shapes),
    h("ul", { class: "chart-legend", "aria-hidden": "true" }, drawn.names.map((name, index) =>
      h("li", {}, h("span", { class: `swatch series-${index % COLOURS}` }), name))));
}

/** The chart's numbers as a sentence, for those who do not see it. */
function inWords(title, chart) {
  const series = chart.type === "pie" ? [{ name: "", data: chart.segments ?? [] }] : chart.series ?? [];
  const lists = series.map(({ name, data }) =>
    `${name ? `${name}: ` : ""}${data.map(({ label, value }) => `${label} ${value}`).join(", ")}`);
  return `${title ?? "Chart"}. ${lists.join("; ")}`;
}

function overCategories(chart) {
  const series = chart.series ?? [];
  const categories = chart.axis_config?.categories ?? series[0]?.data?.map(({ label }) => label) ?? [];
  const valueAt = ({ data }, label) => Number(data?.find((point) => point.label === label)?.value ?? 0);
  const stacked = chart.type === "bar";
  const heights = categories.map((label) => {
    const values = series.map((one) => valueAt(one, label));
    return stacked ? values.reduce((sum, value) => sum + Math.max(0, value), 0) : Math.max(0, ...values);
  });
  const top = niceTop(Math.max(1, ...heights));
  const step = (WIDTH - EDGE.left - EDGE.right) / Math.max(1, categories.length);
  const x = (index) => EDGE.left + step * (index + 0.5);
  const y = (value) => HEIGHT - EDGE.bottom - (value / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  // As many names as there is room for; every value has its own in the tooltip, and all are in the description.
  const every = Math.ceil((Math.max(0, ...categories.map((label) => label.length)) * LETTER) / step) || 1;
  const shapes = [...grid(top, y), ...categories.map((label, index) => index % every === 0
    && svg("text", { x: x(index), y: HEIGHT - 8, "text-anchor": "middle", class: "tick" }, label))];
  const floor = categories.map(() => 0);
  for (const [number, one] of series.entries()) {
    const name = `series-${number % COLOURS}`;
    if (chart.type === "bar") {
      categories.forEach((label, index) => {
        const value = Math.max(0, valueAt(one, label));
        const width = Math.min(38, step * 0.62);
        shapes.push(svg("rect", {
          x: x(index) - width / 2, y: y(floor[index] + value), width, height: y(floor[index]) - y(floor[index] + value), class: name,
        }, svg("title", {}, `${one.name}, ${label}: ${value}`)));
        floor[index] += value;
      });
    } else {
      const points = categories.map((label, index) => `${x(index)},${y(valueAt(one, label))}`);
      if (chart.type === "area") {
        shapes.push(svg("polygon", { points: [`${x(0)},${y(0)}`, ...points, `${x(points.length - 1)},${y(0)}`].join(" "), class: `area ${name}` }));
      }
      shapes.push(svg("polyline", { points: points.join(" "), class: `line ${name}` }));
    }
  }
  return { shapes, names: series.map(({ name }) => name) };
}

function grid(top, y) {
  return [0, top / 2, top].flatMap((value) => [
    svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(value), y2: y(value), class: "gridline" }),
    svg("text", { x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end", class: "tick" }, Number(value.toFixed(2))),
  ]);
}

/** The next 2, 4, 6, 8, 10, 12, 16, 20, 24, 30 … at or above `value`, so that half of it is a round number too. */
function niceTop(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  const factors = unit >= 10 ? [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10] : [2, 4, 6, 8, 10];
  return factors.map((factor) => factor * unit).find((limit) => limit >= value);
}

function pie(chart) {
  const segments = chart.segments ?? [];
  const total = segments.reduce((sum, { value }) => sum + Math.max(0, value), 0) || 1;
  const [cx, cy, radius] = [WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 12];
  const circumference = 2 * Math.PI * (radius / 2);
  let turned = 0;
  // Each slice is a thick dashed circle: no arc flags to get wrong, and a single full slice works.
  const shapes = segments.map(({ label, value }, index) => {
    const share = Math.max(0, value) / total;
    const slice = svg("circle", {
      cx, cy, r: radius / 2, class: `slice series-${index % COLOURS}`, "stroke-width": radius,
      "stroke-dasharray": `${share * circumference} ${circumference}`, transform: `rotate(${turned * 360 - 90} ${cx} ${cy})`,
    }, svg("title", {}, `${label}: ${value}`));
    turned += share;
    return slice;
  });
  return { shapes, names: segments.map(({ label, value }) => `${label} ${value}`) };
}
