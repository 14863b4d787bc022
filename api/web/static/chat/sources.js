// @ts-check
/** What an answer rests on: a card below it, and a panel with everything about the clause. */

import { element } from "../dom.js";
import { copy } from "./copying.js";
import { button, dialog } from "./dialogs.js";
import { inline, marked } from "./words.js";

/** @typedef {import("./shapes.js").Source} Source */
/** @typedef {import("./shapes.js").Answer} Answer */
/** @typedef {import("./shapes.js").Later} Later */

const SHOWN_AT_ONCE = 2;
const PUBLISHED = "常见问答";
const UNKNOWN_START = "施行日期待核";

/** @param {Source} source */
export const isPublished = (source) => source.title === PUBLISHED || source.clause.startsWith("FAQ");

/** @param {Source} source */
export function dates(source) {
  const known = !source.pending.includes(UNKNOWN_START);
  const start = source.effective_from ? `${source.effective_from} ${known ? "起施行" : `成文，${UNKNOWN_START}`}` : UNKNOWN_START;
  return source.effective_to ? `${start}，有效至 ${source.effective_to}` : start;
}

/** @param {Source} source */
export const named = (source) => `《${source.title}》${source.doc_number ? `（${source.doc_number}）` : ""}${source.clause}`;

/** The page of the document, at the clause; never an address from outside. @param {Source} source @param {string} [on] */
export function clauseLink(source, on = "") {
  const path = source.clause_id.slice(source.clause_id.indexOf("/") + 1);
  const day = on ? `?on=${encodeURIComponent(on)}` : "";
  return `/documents/${encodeURIComponent(source.document)}${day}#${encodeURIComponent(path)}`;
}

/** @param {Source} source */
function badges(source) {
  const pending = source.pending.filter((mark) => !dates(source).includes(mark));
  return [
    ...(isPublished(source) ? [element("span", { class: "mark curated" }, "已审核，不是 AI 生成")] : []),
    ...(source.in_force ? [] : [element("span", { class: "badge bad" }, "这一天已经失效")]),
    ...pending.map((mark) => element("span", { class: "badge warn" }, mark)),
  ];
}

/** What must be known beside the quote. @param {Source} source */
function remarks(source) {
  const all = [...source.remarks];
  for (const one of source.amended_by) all.push(`这一条已被${later(one)}修改，${one.since} 起施行，请以修改后的为准。`);
  if (source.superseded_by) all.push(`${source.superseded_by.since} 起由${later(source.superseded_by)}取代。`);
  return all.map((words) => element("p", { class: "remark" }, words));
}

/** @param {Later} one */
const later = (one) => `《${one.title}》${one.doc_number ? `（${one.doc_number}）` : ""}`;

/** @param {Source} source */
const quote = (source) => element("blockquote", {}, ...marked(source.quote, source.deciding ?? []));

/** @param {Answer} answer @returns {Node[]} */
export function sourceNodes(answer) {
  const cards = answer.sources.map((_, row) => card(answer, row));
  const more = cards.slice(SHOWN_AT_ONCE);
  const list = element("ol", { class: "sources", "aria-label": "依据" }, ...cards.slice(0, SHOWN_AT_ONCE));
  if (!more.length) return [list];
  const rest = element("ol", { class: "sources", "aria-label": "其他依据", start: String(SHOWN_AT_ONCE + 1) }, ...more);
  return [list, element("details", { class: "more" }, element("summary", {}, `另有 ${more.length} 条依据`), rest)];
}

/** Out of the way of what follows, one tap away. @param {Element} node */
export function foldSources(node) {
  const lists = [...node.querySelectorAll(".bubble > .sources, .bubble > .more")];
  const count = node.querySelectorAll(".source").length;
  if (!lists.length) return;
  const fold = element("details", { class: "more" }, element("summary", {}, `看依据（${count} 条）`));
  lists[0].before(fold);
  fold.append(...lists);
}

/** @param {Answer} answer @param {number} row */
function card(answer, row) {
  const source = answer.sources[row];
  const open = () => openSource(answer, row + 1);
  const title = button(isPublished(source) ? `${PUBLISHED}（已审核）` : `《${source.title}》${source.clause}`, open, { class: "title" });
  title.prepend(element("span", { class: "chip", "aria-hidden": "true" }, String(row + 1)));
  title.setAttribute("aria-haspopup", "dialog");
  const facts = [source.doc_number, source.region, dates(source)].filter(Boolean).join(" · ");
  return element("li", { class: "source" }, title, quote(source), ...remarks(source), element("p", { class: "facts" }, facts, ...badges(source)));
}

/** @param {Answer} answer @param {number} number */
export function openSource(answer, number) {
  const source = answer.sources[number - 1];
  if (!source) return;
  dialog(`依据 ${number}`, () => content(source, answer.on), { side: true });
}

/** @param {Source} source @param {string} on @returns {(Node | string)[]} */
function content(source, on) {
  const words = `${source.quote}\n——${named(source)}，适用地区：${source.region}，${dates(source)}`;
  const link = element("a", { class: "primary", href: clauseLink(source, on), target: "_blank", rel: "noopener" }, "看文件全文");
  return [
    element("p", { class: "document" }, isPublished(source) ? `${PUBLISHED}（已审核）` : `《${source.title}》`),
    element("p", {}, ...badges(source)),
    quote(source),
    ...remarks(source),
    facts([
      ...(source.doc_number ? [/** @type {[string, string]} */ (["文号", source.doc_number])] : []),
      ["条款", source.clause],
      ["适用地区", source.region],
      ["有效期", dates(source)],
      ["为什么找到", source.why],
    ]),
    element("p", { class: "hint" }, `以上为文件原文摘录，以主管部门解释为准。${source.deciding?.length ? "标出的是回答您问题的字词。" : ""}`),
    element("div", { class: "row" }, link, button("复制这一条", () => void copy(words), {}, "copy")),
  ];
}

/** @param {[string, string][]} all */
export function facts(all) {
  const rows = all.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, ...inline(value, 0, null))));
  return element("dl", {}, ...rows);
}
