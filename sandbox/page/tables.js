// The table and data_table blocks. A data table is sorted by its head, filtered by a word, and turned page by page.
// https://docs.slack.dev/reference/block-kit/blocks/data-table-block

import { h, icon } from "./dom.js";
import { richText } from "./richtext.js";

const ROWS_PER_PAGE = 5; // Slack's own, where page_size is left out

const words = (cell) => String(cell?.text ?? cell?.value ?? (cell?.elements ? textIn(cell) : ""));
const textIn = (part) => (part.elements ?? []).map((one) => one.text ?? one.name ?? textIn(one)).join("");
const content = (cell, world) => (cell?.type === "rich_text" ? richText(cell, world) : words(cell));
const scrolling = (name, ...inside) => h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": name }, ...inside);

export function tableBlock(block, surface) {
  const settings = block.column_settings ?? [];
  const cell = (tag) => (one, column) => h(tag, {
    class: [`align-${settings[column]?.align ?? "left"}`, settings[column]?.is_wrapped && "wrapped"].filter(Boolean).join(" "),
    scope: tag === "th" ? "col" : null,
  }, content(one, surface.world));
  const [head = [], ...rows] = block.rows ?? [];
  return scrolling("Table", h("table", {}, h("thead", {}, h("tr", {}, head.map(cell("th")))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td")))))));
}

export function dataTableBlock(block, surface) {
  const [head = [], ...all] = block.rows ?? [];
  const size = block.page_size ?? ROWS_PER_PAGE;
  const look = { by: null, down: false, only: "", page: 0 };
  const body = h("tbody");
  const foot = h("div", { class: "table-foot" });
  const isNumber = head.map((_, column) => all.every((row) => row[column]?.type === "raw_number"));
  const sorters = head.map((one, column) => h("button", {
    type: "button", class: "sorter", on: { click: () => { sortBy(column); show(); } },
  }, words(one), icon("down")));
  const heads = sorters.map((sorter, column) => h("th", { scope: "col", class: isNumber[column] ? "align-right" : null }, sorter));

  function sortBy(column) {
    look.down = look.by === column && !look.down;
    look.by = column;
    look.page = 0;
  }

  function chosen() {
    const rows = all.filter((row) => row.some((cell) => words(cell).toLowerCase().includes(look.only)));
    if (look.by === null) return rows;
    const value = (row) => (isNumber[look.by] ? row[look.by].value : words(row[look.by]));
    const order = (one, other) => (isNumber[look.by] ? one - other : one.localeCompare(other, undefined, { numeric: true }));
    return rows.sort((one, other) => order(value(one), value(other)) * (look.down ? -1 : 1));
  }

  function show() {
    const rows = chosen();
    const pages = Math.max(1, Math.ceil(rows.length / size));
    look.page = Math.min(look.page, pages - 1);
    heads.forEach((node, column) => node.setAttribute("aria-sort", column !== look.by ? "none" : look.down ? "descending" : "ascending"));
    body.replaceChildren(...rows.slice(look.page * size, (look.page + 1) * size).map(drawRow));
    const turn = (label, name, step) => h("button", {
      type: "button", class: "tool", "aria-label": label, title: label, disabled: look.page + step < 0 || look.page + step >= pages,
      on: { click: (event) => turnTo(look.page + step, event.currentTarget.ariaLabel) },
    }, icon(name));
    foot.replaceChildren(h("span", { role: "status" }, `${rows.length === 1 ? "1 row" : `${rows.length} rows`} · page ${look.page + 1} of ${pages}`),
      turn("Previous page", "back", -1), turn("Next page", "next", 1));
  }

  function turnTo(page, label) {
    look.page = page;
    show();
    const again = [...foot.querySelectorAll("button:enabled")];
    (again.find((button) => button.ariaLabel === label) ?? again[0])?.focus();
  }

  const drawRow = (row) => h("tr", {}, row.map((cell, column) => (column === (block.row_header_column_index ?? 0)
    ? h("th", { scope: "row" }, content(cell, surface.world))
    : h("td", { class: isNumber[column] ? "align-right" : null }, content(cell, surface.world)))));
  const filter = h("input", {
    class: "text filter-rows", type: "search", placeholder: "Filter", "aria-label": `Filter ${block.caption ?? "the table"}`,
    on: { input: () => { Object.assign(look, { only: filter.value.toLowerCase(), page: 0 }); show(); } },
  });
  show();
  return h("div", { class: "data-table" }, all.length > size && filter,
    scrolling(block.caption ?? "Table", h("table", {}, h("caption", {}, block.caption ?? ""), h("thead", {}, h("tr", {}, heads)), body)),
    all.length > size && foot);
}
