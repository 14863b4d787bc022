// @ts-check
/**
 * An answer as DOM nodes. Everything that comes from outside becomes text; nothing is parsed as HTML.
 * templates/answer.html and wording.py make the same page for readers without JavaScript.
 */

import { element } from "./dom.js";

/** @typedef {import("./asking.js").Source} Source */
/** @typedef {import("./asking.js").Answer} Answer */
/** @typedef {import("./asking.js").Part} Part */
/** @typedef {import("./asking.js").Later} Later */

/** @param {Answer} found @param {string} today @returns {Node[]} */
export function answerNodes(found, today) {
  const count = found.sources.length;
  const nodes = [
    element("h2", {}, heading(found)),
    element("p", { class: "hint" }, `按 ${found.on} 在 ${found.region} 适用的规定`),
    ...noticeNodes(found.notices),
  ];
  if (found.parts.length) nodes.push(element("ol", { class: "parts" }, ...found.parts.map((part) => partNode(part, count))));
  if (found.lead) nodes.push(leadNode(found.lead, count));
  if (found.elsewhere.length) {
    const others = found.elsewhere.flatMap((one) => [documentLink(one), `（${one.region}）`]);
    nodes.push(element("p", { class: "hint" }, "别的地区的文件：", ...others));
  }
  if (count) {
    const sources = found.sources.map((_, row) => sourceNode(found, row, today));
    nodes.push(element("p", { class: "excerpt" }, "以下为文件原文摘录，以主管部门解释为准。"));
    nodes.push(element("ol", { class: "sources" }, ...sources));
  }
  return nodes;
}

/** wording.py does the same. */
function heading(/** @type {Answer} */ found) {
  if (found.extent === "not") return "没有找到依据";
  if (found.extent === "partly") return "一部分有依据";
  return found.model ? "回答" : "查到的依据";
}

function leadNode(/** @type {string} */ said, /** @type {number} */ sources) {
  return element("p", { class: "lead" }, ...cited(said, sources));
}

function partNode(/** @type {Part} */ part, /** @type {number} */ sources) {
  const node = element("li", {}, element("h3", {}, part.question), leadNode(part.lead, sources));
  if (part.sources.length) node.append(element("p", { class: "hint" }, "依据：", ...part.sources.map(toSource)));
  return node;
}

/** What stands before the first sentence while the answer is written. @param {string[]} notices */
export function openingNodes(notices) {
  return [element("h2", {}, "回答"), ...noticeNodes(notices)];
}

/** @param {string[]} notices */
function noticeNodes(notices) {
  if (!notices.length) return [];
  return [element("ul", { class: "notices", "aria-label": "请注意" }, ...notices.map((one) => element("li", {}, one)))];
}

/** The text with the words that answer the question marked. wording.py does the same. @param {string} text @param {string[]} words */
function marked(text, words) {
  const known = [...words].sort((one, other) => other.length - one.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (!known.length) return [text];
  return text.split(new RegExp(`(${known.join("|")})`, "u")).map((piece, row) => (row % 2 ? element("mark", {}, piece) : piece));
}

/** The text with [1] leading to the first source. wording.py does the same. */
function cited(/** @type {string} */ text, /** @type {number} */ sources) {
  return text.split(/(\[\d+\])/).map((piece) => {
    const number = Number(/^\[(\d+)\]$/.exec(piece)?.[1]);
    return number >= 1 && number <= sources ? toSource(number) : piece;
  });
}

function toSource(/** @type {number} */ number) {
  return element("a", { href: `#source-${number}`, "aria-label": `依据 ${number}` }, `[${number}]`);
}

function documentLink(/** @type {{document: string, title: string}} */ one) {
  return element("a", { href: `/documents/${encodeURIComponent(one.document)}` }, `《${one.title}》`);
}

/** A later document with its number. @returns {(Node | string)[]} */
function later(/** @type {Later} */ one) {
  return [documentLink(one), one.doc_number ? `（${one.doc_number}）` : ""];
}

/** What is 待核 and not said beside the dates. wording.py does the same. */
function pending(/** @type {Source} */ source) {
  return source.pending.filter((mark) => !dates(source).includes(mark));
}

function clauseLink(/** @type {Source} */ source, /** @type {string} */ day, /** @type {string} */ today) {
  const path = source.clause_id.slice(source.clause_id.indexOf("/") + 1);
  const asOf = day === today ? "" : `?on=${encodeURIComponent(day)}`;
  return `/documents/${encodeURIComponent(source.document)}${asOf}#${encodeURIComponent(path)}`;
}

function dates(/** @type {Source} */ source) {
  const unknown = "施行日期待核";
  const known = !source.pending.includes(unknown);
  const start = source.effective_from ? `${source.effective_from} ${known ? "起施行" : `成文，${unknown}`}` : unknown;
  return source.effective_to ? `${start}，有效至 ${source.effective_to}` : start;
}

function fact(/** @type {string} */ name, /** @type {string} */ value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}

/** @param {Answer} found @param {number} row @param {string} today */
function sourceNode(found, row, today) {
  const source = found.sources[row];
  const link = element("a", { href: clauseLink(source, found.on, today) }, `《${source.title}》${source.clause}`);
  const facts = element("dl");
  if (source.doc_number) facts.append(fact("文号", source.doc_number));
  facts.append(fact("条款", source.clause), fact("适用地区", source.region));
  facts.append(fact("有效期", dates(source)), fact("为什么找到", source.why));
  const node = element("li", { class: "source", id: `source-${row + 1}` });
  node.append(element("h3", {}, element("span", { class: "number" }, String(row + 1)), " ", link));
  node.append(element("blockquote", {}, ...marked(source.quote, source.deciding)));
  if (!source.in_force) node.append(element("p", { class: "badge warn" }, "这一天已经失效"));
  node.append(...pending(source).map((mark) => element("p", { class: "badge pending" }, mark)));
  node.append(...remarks(source).map((words) => element("p", { class: "remark" }, ...words)), facts);
  return node;
}

/** What must be known beside the quote. @returns {(Node | string)[][]} */
function remarks(/** @type {Source} */ source) {
  const all = source.remarks.map((remark) => /** @type {(Node | string)[]} */ ([remark]));
  for (const one of source.amended_by) {
    all.push(["这一条已被", ...later(one), `修改，${one.since} 起施行，请以修改后的为准。`]);
  }
  if (source.superseded_by) all.push([`${source.superseded_by.since} 起由`, ...later(source.superseded_by), "取代"]);
  return all;
}
