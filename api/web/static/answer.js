// @ts-check
/**
 * An answer as DOM nodes. Everything that comes from outside becomes text; nothing is parsed as HTML.
 * templates/ask.html and wording.py make the same page for readers without JavaScript.
 */

/** @typedef {import("./asking.js").Source} Source */
/** @typedef {import("./asking.js").Answer} Answer */

const SHORTEST_MARK = 2;
const CITATION = /^\s*\[(\d+)\]《/;
/** A line of which nothing is left once the quote is taken out. */
const EMPTIED = /^\s*(?:\d+\. “”|答：|依据：)?\s*$/;

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {Answer} found @param {string} question @param {string} today @returns {Node[]} */
export function answerNodes(found, question, today) {
  const heading = !found.answered ? "没有找到依据" : found.model ? "回答" : "查到的依据";
  const nodes = [
    element("h2", {}, heading),
    element("p", { class: "hint" }, `按 ${found.on} 在 ${found.region} 适用的规定`),
    ...noticeNodes(found.notices),
  ];
  if (lead(found)) nodes.push(element("p", { class: "lead" }, ...cited(lead(found), found.sources.length)));
  if (found.sources.length) {
    const sources = found.sources.map((_, row) => sourceNode(found, row, question, today));
    nodes.push(element("p", { class: "excerpt" }, "以下为文件原文摘录，以主管部门解释为准。"));
    nodes.push(element("ol", { class: "sources" }, ...sources));
  }
  return nodes;
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

/** Length of the longest run of letters and digits from `start` that occurs in the question. */
function sharedRun(/** @type {string} */ text, /** @type {number} */ start, /** @type {string} */ asked) {
  let length = 0;
  while (start + length < text.length && /[\p{L}\p{N}]/u.test(text[start + length])) {
    if (!asked.includes(text.slice(start, start + length + 1).toLowerCase())) break;
    length += 1;
  }
  return length;
}

/** The text as nodes, with the words that stand in the question, too, marked. wording.py does the same. */
function marked(/** @type {string} */ text, /** @type {string} */ question) {
  /** @type {(Node | string)[]} */
  const pieces = [];
  let plain = 0;
  for (let at = 0; at < text.length; ) {
    const length = sharedRun(text, at, question.toLowerCase());
    if (length < SHORTEST_MARK) {
      at += 1;
      continue;
    }
    if (plain < at) pieces.push(text.slice(plain, at));
    pieces.push(element("mark", {}, text.slice(at, at + length)));
    plain = at += length;
  }
  if (plain < text.length) pieces.push(text.slice(plain));
  return pieces;
}

/** What the answer says beside the quotes and citations that are shown as sources. wording.py does the same. */
function lead(/** @type {Answer} */ found) {
  let text = found.answer;
  for (const { quote } of found.sources) {
    if (!quote) continue;
    if (found.model) text = text.split(`“${quote}”`).join("“”").split(`答：${quote}`).join("答：");
    else text = text.split(quote).join("");
  }
  const said = text.split("\n").filter((line) => !EMPTIED.test(line) && !CITATION.test(line));
  return said.join("\n").trim();
}

/** The text with [1] leading to the first source. wording.py does the same. */
function cited(/** @type {string} */ text, /** @type {number} */ sources) {
  return text.split(/(\[\d+\])/).map((piece) => {
    const row = Number(/^\[(\d+)\]$/.exec(piece)?.[1]);
    return row >= 1 && row <= sources ? element("a", { href: `#source-${row}`, "aria-label": `依据 ${row}` }, piece) : piece;
  });
}

/** What the citation of this source says is 待核. wording.py does the same. */
function pending(/** @type {Answer} */ found, /** @type {number} */ row) {
  const line = found.answer.split("\n").find((one) => Number(CITATION.exec(one)?.[1]) === row + 1) ?? "";
  return [...line.matchAll(/，([^，｜]{2,8}待核)/g)].map((match) => match[1]);
}

function clauseLink(/** @type {Source} */ source, /** @type {string} */ day, /** @type {string} */ today) {
  const path = source.clause_id.slice(source.clause_id.indexOf("/") + 1);
  const asOf = day === today ? "" : `?on=${encodeURIComponent(day)}`;
  return `/documents/${encodeURIComponent(source.document)}${asOf}#${encodeURIComponent(path)}`;
}

function dates(/** @type {Source} */ source) {
  const start = source.effective_from ? `${source.effective_from} 起施行` : "施行日期待核";
  return source.effective_to ? `${start}，有效至 ${source.effective_to}` : start;
}

function fact(/** @type {string} */ name, /** @type {string} */ value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}

/** @param {Answer} found @param {number} row @param {string} question @param {string} today */
function sourceNode(found, row, question, today) {
  const source = found.sources[row];
  const link = element("a", { href: clauseLink(source, found.on, today) }, `《${source.title}》${source.clause}`);
  const facts = element("dl");
  if (source.doc_number) facts.append(fact("文号", source.doc_number));
  facts.append(fact("条款", source.clause), fact("适用地区", source.region));
  facts.append(fact("有效期", dates(source)), fact("为什么找到", source.why));
  const node = element("li", { class: "source", id: `source-${row + 1}` });
  node.append(element("h3", {}, element("span", { class: "number" }, String(row + 1)), " ", link));
  node.append(element("blockquote", {}, ...marked(source.quote, question)));
  if (!source.in_force) node.append(element("p", { class: "badge warn" }, "这一天已经失效"));
  node.append(...pending(found, row).map((mark) => element("p", { class: "badge pending" }, mark)), facts);
  return node;
}
