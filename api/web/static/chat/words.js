// @ts-check
/** Plain text as nodes: sums, dates and citations set off, rows as tables, long lists folded. */

import { element } from "../dom.js";

const CELLS = " | ";
const MOST_ITEMS = 6;
const MOST_CHARACTERS = 1_200;
const ITEM = /^\s*(?:[·•・\-–—*]\s|\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳])/u;
const DAY = String.raw`\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|\d{4}-\d{2}-\d{2}`;
const SUM = String.raw`\d[\d,.]*\s?(?:[万亿千百]\s?)?元|\d[\d.]*\s?[%％‰]|\d+\s?个?(?:工作日|自然日)`;
const SET_OFF = new RegExp(String.raw`(\[\d{1,2}\])|(${DAY})|(${SUM})`, "gu");

/** What a citation does when it is pressed. @typedef {((number: number) => void) | null} Cite */

/**
 * @param {string} text @param {number} sources How many there are to cite. @param {Cite} cite
 * @returns {(Node | string)[]}
 */
export function inline(text, sources, cite) {
  /** @type {(Node | string)[]} */
  const pieces = [];
  let at = 0;
  for (const found of text.matchAll(SET_OFF)) {
    const number = found[1] ? Number(found[1].slice(1, -1)) : 0;
    if (found[1] && !(cite && number >= 1 && number <= sources)) continue;
    pieces.push(text.slice(at, found.index));
    pieces.push(found[1] ? chip(number, /** @type {NonNullable<Cite>} */ (cite)) : element(found[2] ? "time" : "b", { class: "fact" }, found[0]));
    at = found.index + found[0].length;
  }
  pieces.push(text.slice(at));
  return pieces.filter((piece) => piece !== "");
}

/** @param {number} number @param {NonNullable<Cite>} cite */
export function chip(number, cite) {
  const button = element("button", { type: "button", class: "chip", "aria-label": `依据 ${number}` }, String(number));
  button.addEventListener("click", () => cite(number));
  return button;
}

/** @param {string} text @param {number} [sources] @param {Cite} [cite] @returns {Node[]} */
export function blocks(text, sources = 0, cite = null) {
  /** @type {Node[]} */
  const made = [];
  for (const { kind, lines } of grouped(text)) {
    if (kind === "rows" && lines.length > 1) made.push(table(lines));
    else if (kind === "items" && lines.length > 1) made.push(list(lines, sources, cite));
    else made.push(element("p", {}, ...inline(lines.join("\n"), sources, cite)));
  }
  return made;
}

/** Lines of one kind that follow one another. @param {string} text */
function* grouped(text) {
  /** @type {{kind: string, lines: string[]}} */
  let group = { kind: "", lines: [] };
  for (const line of text.split("\n")) {
    const kind = !line.trim() ? "gap" : line.includes(CELLS) ? "rows" : ITEM.test(line) ? "items" : "lines";
    if (kind !== group.kind) {
      if (group.lines.length && group.kind !== "gap") yield group;
      group = { kind, lines: [] };
    }
    group.lines.push(line);
  }
  if (group.lines.length && group.kind !== "gap") yield group;
}

/** @param {string[]} lines */
function table(lines) {
  const rows = lines.map((line) => line.split(CELLS).map((cell) => cell.trim()));
  const head = element("tr", {}, ...rows[0].map((cell) => element("th", { scope: "col" }, cell)));
  const body = rows.slice(1).map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, ...inline(cell, 0, null)))));
  const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "表格，可以左右滑动" }, made);
}

/** @param {string[]} lines @param {number} sources @param {Cite} cite */
function list(lines, sources, cite) {
  const items = lines.map((line) => element("li", {}, ...inline(line.trim(), sources, cite)));
  const made = element("ul", { class: "lines" }, ...items);
  return items.length > MOST_ITEMS + 2 ? folded(made, items.slice(MOST_ITEMS), `展开其余 ${items.length - MOST_ITEMS} 项`) : made;
}

/** @param {HTMLElement} whole @param {HTMLElement[]} more @param {string} label */
function folded(whole, more, label) {
  for (const one of more) one.hidden = true;
  const button = element("button", { type: "button", class: "unfold", "aria-expanded": "false" }, label);
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    for (const one of more) one.hidden = isOpen;
    button.setAttribute("aria-expanded", String(!isOpen));
    button.textContent = isOpen ? label : "收起";
  });
  return element("div", {}, whole, button);
}

/** Words of the person: as they were written, a very long text folded. @param {string} text @returns {Node[]} */
export function spoken(text) {
  const characters = [...text];
  if (characters.length <= MOST_CHARACTERS) return [element("p", {}, text)];
  const rest = element("span", {}, characters.slice(MOST_CHARACTERS / 2).join(""));
  const shown = element("p", {}, characters.slice(0, MOST_CHARACTERS / 2).join(""), rest);
  return [folded(shown, [rest], `展开全文（${characters.length} 字）`)];
}

/** The text with these words marked. @param {string} text @param {string[]} words @returns {(Node | string)[]} */
export function marked(text, words) {
  const known = words.filter((word) => word.length > 1).sort((one, other) => other.length - one.length);
  if (!known.length) return [text];
  const pattern = new RegExp(`(${known.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|")})`, "giu");
  return text.split(pattern).map((piece, row) => (row % 2 ? element("mark", {}, piece) : piece));
}

/** @param {string} at */
export function clock(at) {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return "";
  const time = when.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  const isToday = when.toDateString() === new Date().toDateString();
  return isToday ? time : `${when.getMonth() + 1}月${when.getDate()}日 ${time}`;
}
