// Small helpers to build DOM nodes. Text always arrives as a text node, never as HTML.

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected", "multiple", "required"]);

/** h("p", {class: "note", dataset: {ts}, on: {click}}, "text", node, [more]) -> an element. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "dataset") Object.assign(element.dataset, withoutEmpty(value));
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function withoutEmpty(record) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== null));
}

/** Return the address if a browser may follow it (http, https, mailto), else null: feeds also say javascript:. */
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:", "mailto:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab and tells the other side nothing about us. */
export function outsideLink(address, ...children) {
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/**
 * Make `container` show `items`, in order, touching only what changed: what has focus, is open or is being read stays.
 * An item is {key, stamp, build()}; an equal stamp means that the node drawn last time is still right. Returns whether
 * anything was touched.
 */
export function reconcile(container, items) {
  const known = container.drawnItems ?? new Map();
  const next = new Map();
  let touched = false;
  // What goes goes first: else everything behind it would be moved, and a moved node loses its focus.
  const wanted = new Set(items.map(({ key }) => key));
  for (const [key, { node }] of known) {
    if (wanted.has(key)) continue;
    node.remove();
    known.delete(key);
    touched = true;
  }
  let place = container.firstChild;
  for (const { key, stamp, build } of items) {
    const old = known.get(key);
    let node = old?.node;
    if (!old || old.stamp !== stamp) {
      node = build();
      touched = true;
      if (old) {
        const wasPlace = place === old.node;
        moveFocus(old.node, node);
        old.node.replaceWith(node);
        if (wasPlace) place = node;
      }
    }
    next.set(key, { stamp, node });
    if (node === place) place = place.nextSibling;
    else {
      container.insertBefore(node, place);
      touched = true;
    }
  }
  container.drawnItems = next;
  return touched;
}

/** After a redraw: if the focus was inside `old`, give it to the same control of `fresh`, or to `fresh` itself. */
export function moveFocus(old, fresh) {
  const focused = document.activeElement;
  if (!old.contains(focused)) return;
  const { blockId, actionId } = focused.dataset;
  const control = actionId ? [...fresh.querySelectorAll("[data-action-id]")].find(
    (other) => other.dataset.actionId === actionId && other.dataset.blockId === blockId)
    : focused.matches("[type=submit]") && fresh.querySelector("[type=submit]");
  const { selectionStart: start, selectionEnd: end } = focused;
  queueMicrotask(() => {
    (control || fresh).focus({ preventScroll: true });
    // Who writes in the middle of a text goes on in the middle.
    if (typeof start === "number" && typeof control?.selectionStart === "number") control.setSelectionRange(start, end);
  });
}

/** Icons, drawn as strokes on a 20 x 20 field. */
const ICONS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  chevron: "M5 8l5 5 5-5",
  more: "M4 10h.01M10 10h.01M16 10h.01",
  plus: "M10 4v12M4 10h12",
  send: "M3.5 16.5l13.5-6.5-13.5-6.5 2 6.5-2 6.5zM5.5 10h6",
  reply: "M4 5.5A2 2 0 016 3.5h8a2 2 0 012 2v6a2 2 0 01-2 2H9l-4 3v-3.2a2 2 0 01-1-1.8z",
  braces: "M7.5 3.5H7a2 2 0 00-2 2v2.3L3.5 10 5 12.2v2.3a2 2 0 002 2h.5M12.5 3.5h.5a2 2 0 012 2v2.3l1.5 2.2-1.5 2.2v2.3a2 2 0 01-2 2h-.5",
  people: "M7.5 9.5a3 3 0 100-6 3 3 0 000 6zM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 4a2.6 2.6 0 010 5M14.5 11.8c2 .5 3 2.3 3 4.7",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 12a2 2 0 100-4 2 2 0 000 4z",
  warning: "M10 3l7.5 13.5h-15zM10 8v4M10 14.4h.01",
  down: "M10 4v12M5 11l5 5 5-5",
  next: "M8 4l6 6-6 6",
  up: "M6.500 9.500L9.500 3.500c1.300 0 2 .9 1.700 2.300l-.5 2.200h4.100c1 0 1.700.9 1.500 1.900l-1 4.700c-.2.800-.8 1.400-1.600 1.400H6.500zM3.500 9.500h3v6.500h-3z",
  thumbdown: "M13.500 10.500l-3 6c-1.300 0-2-.9-1.700-2.300l.5-2.200H5.200c-1 0-1.700-.9-1.500-1.900l1-4.700c.2-.8.8-1.400 1.600-1.400h7.200zM16.500 10.500h-3V4h3z",
  trash: "M4 5.500h12M8 5.500V3.800h4v1.700M5.500 5.500l.7 11h7.600l.7-11M8.400 8.500v5M11.600 8.500v5",
  link: "M8.500 11.500a3 3 0 004.300 0l2.700-2.700a3 3 0 00-4.300-4.300L10 5.700M11.500 8.500a3 3 0 00-4.300 0l-2.700 2.700a3 3 0 004.300 4.300L10 14.300",
  info: "M10 17a7 7 0 100-14 7 7 0 000 14zM10 9.500v4M10 6.600h.01",
  check: "M10 17a7 7 0 100-14 7 7 0 000 14zM7 10.200l2.200 2.200 4-4.600",
  play: "M7 5l8 5-8 5z",
  file: "M5 3h6.500L15 6.500V17H5zM11.500 3v3.500H15",
  home: "M3.5 9.5L10 4l6.5 5.5V16a.8.8 0 01-.8.8h-3.4v-4.3H7.700v4.300H4.300a.8.8 0 01-.8-.8z",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }));
}
