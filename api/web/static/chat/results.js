// @ts-check
/** How self-tests ended: one as a card, several as a list to open; what can be done with each. */

import { element } from "../dom.js";
import { choices, said } from "./bubbles.js";
import { AI_NOTICE, copy } from "./copying.js";
import { button } from "./dialogs.js";
import { icon } from "./icons.js";
import { basisOf, conditionTable, stamp, tally, verdictOf, verdictWords } from "./verdicts.js";
import { inline } from "./words.js";

/** @typedef {import("./shapes.js").Told} Told */
/** @typedef {import("./shapes.js").Outcome} Outcome */
/** @typedef {import("./shapes.js").Way} Way */
/** @typedef {import("./messages.js").Acts} Acts */

const OWN_BUTTONS = /打印|分享|材料/;
const POLICY = /^[a-z0-9_]+$/;
/** Those that one can have first, then those that may still become so. @type {[string, string[]][]} */
const GROUPS = [
  ["符合条件", ["met"]],
  ["还不能定", ["unknown"]],
  ["不符合条件", ["not_met"]],
  ["依据已变、规则待更新，不能判断", ["outdated"]],
  ["不在执行、还没有开始", ["ended", "not_yet"]],
  ["只讲解、不判断", ["explained"]],
];
/** What stands in a node; further results of the same turn join it. @type {WeakMap<HTMLElement, Told[]>} */
const shownIn = new WeakMap();

/** @param {Told} told @param {Acts} acts @returns {HTMLElement} */
export function resultNode(told, acts) {
  const node = said("ai", told.at);
  node.classList.add("result");
  node.dataset.seq = String(told.seq);
  shownIn.set(node, []);
  joinResult(node, told, acts);
  return node;
}

/** @param {HTMLElement} node @param {Told} told @param {Acts} acts */
export function joinResult(node, told, acts) {
  const all = [...(shownIn.get(node) ?? []), told].sort((one, other) => one.seq - other.seq);
  shownIn.set(node, all);
  node.dataset.note = noteOf(told);
  const place = /** @type {HTMLElement} */ (node.lastElementChild);
  while (place.children.length > 1) place.lastElementChild?.remove();
  place.append(...(all.length === 1 ? [single(told, acts)] : several(all, acts)));
}

/** What could be tapped below the words that came with the results stands below these. @param {HTMLElement} node @param {Element} row */
export function offerBelow(node, row) {
  for (const one of node.querySelectorAll(".choices")) one.remove();
  for (const one of row.querySelectorAll("button")) if (OWN_BUTTONS.test(one.textContent ?? "")) one.remove();
  node.lastElementChild?.append(row);
}

/** @param {Told} told @param {Acts} acts */
function single(told, acts) {
  const head = element("header", {}, stamp(told), element("h3", {}, told.title ?? ""));
  const made = element("section", { class: `card outcome ${verdictOf(told)}`, tabindex: "-1", "aria-label": `自测结果：${told.title ?? ""}` }, head);
  made.append(...body(told, acts, true));
  return made;
}

/** @param {Told[]} all @param {Acts} acts @returns {Node[]} */
function several(all, acts) {
  const made = element("section", { class: "outcomes", tabindex: "-1", "aria-label": "自测结果" });
  let isFirst = true;
  for (const [title, verdicts] of GROUPS) {
    const found = all.filter((told) => verdicts.includes(verdictOf(told)));
    if (!found.length) continue;
    const list = element("ul", {}, ...found.map((told) => element("li", {}, folded(told, acts))));
    const group = element("details", { class: "group", ...(isFirst ? { open: "" } : {}) }, element("summary", {}, `${title}（${found.length} 项）`), list);
    made.append(group);
    isFirst = false;
  }
  return [made, note(all[0]), offered(all.at(-1) ?? all[0], acts)];
}

/** Built when it is opened: there may be dozens. @param {Told} told @param {Acts} acts */
function folded(told, acts) {
  const gain = told.result?.benefits.map((one) => one.shown).join("；");
  const words = element("span", { class: "words" }, element("strong", {}, told.title ?? ""), ...(gain ? [element("small", {}, gain)] : []));
  const made = /** @type {HTMLDetailsElement} */ (element("details", { class: `outcome ${verdictOf(told)}` }, element("summary", {}, stamp(told), words)));
  made.addEventListener("toggle", () => {
    if (made.open && made.children.length === 1) made.append(element("div", { class: "inner" }, ...body(told, acts, false)));
  });
  return made;
}

/** @param {Told} told @param {Acts} acts @param {boolean} isAlone @returns {Node[]} */
function body(told, acts, isAlone) {
  const outcome = told.result;
  const first = element("p", { class: "sentence" }, ...inline(told.sentence ?? "", 0, null));
  const day = element("p", { class: "hint" }, `按 ${told.on} 的规定判断。`);
  if (!outcome) return [first, day, note(told), actions(told, acts, isAlone)];
  const provisional = outcome.provisional ? [element("p", { class: "remark" }, element("strong", {}, "暂定"), `，待核：${outcome.provisional}`)] : [];
  return [
    ...provisional,
    first,
    ...newer(outcome),
    ...gains(outcome),
    ...stillOpen(outcome),
    ...ways(outcome.ways),
    ...outcome.sections.map((one) => part(one.title, element("p", {}, ...inline(one.says, 0, null)), element("p", { class: "hint" }, one.source))),
    ...conditions(outcome),
    ...materials(outcome),
    ...steps(outcome),
    ...cautions(outcome),
    ...replaced(outcome),
    ...answers(told),
    day,
    note(told),
    actions(told, acts, isAlone),
  ];
}

/** @param {string} title @param {(Node | string)[]} content */
const part = (title, ...content) => element("section", { class: "part-of" }, element("h4", {}, title), ...content);

/** @param {string} title @param {boolean} isOpen @param {Node[]} content */
const fold = (title, isOpen, ...content) => element("details", { class: "more", ...(isOpen ? { open: "" } : {}) }, element("summary", {}, title), ...content);

/** The way to the document that took the place of the basis. @param {Outcome} outcome @returns {Node[]} */
function newer({ outdated }) {
  if (!outdated?.by) return [];
  const { title, doc_number: number, document: id } = outdated.by;
  const words = `看现行文件：《${title.replace(/^《|》$/g, "")}》${number ? `（${number}）` : ""}`;
  return [element("p", {}, element("a", { href: `/documents/${encodeURIComponent(id)}`, target: "_blank", rel: "noopener" }, words))];
}

/** @param {Outcome} outcome @returns {Node[]} */
function gains(outcome) {
  const amounts = outcome.benefits.map((one) => {
    const isComputed = one.formula && ![one.formula, `${one.formula}元`].includes(one.shown);
    const how = [isComputed ? `算法：${one.formula}` : "", one.clause ? `依据：${one.clause}` : ""].filter(Boolean).join("，");
    return element("p", { class: "gain" }, `${one.label}：`, element("strong", {}, one.shown), ...(how ? [element("small", {}, how)] : []));
  });
  const shown = Object.entries(outcome.shown).map(([label, value]) => element("p", { class: "gain" }, `${label}：`, element("strong", {}, value)));
  return [...amounts, ...shown];
}

/** @param {Outcome} outcome @returns {Node[]} */
function stillOpen({ missing }) {
  return missing.length ? [element("p", { class: "remark" }, `还不知道：${missing.map((one) => one.label).join("、")}。补上就能接着判断；不知道不等于不符合。`)] : [];
}

/** @param {Way[]} all @returns {Node[]} */
function ways(all) {
  if (!all.length) return [];
  const items = all.map((way) => {
    const wait = way.wait_until ? [`等到 ${way.wait_until}${way.changes.length ? "，并且" : "，时间就够了"}`] : [];
    const changes = way.changes.map((one) => `${one.label}：现在“${one.now ?? "还不知道"}”，要“${one.needs.join("；") || one.to}”${one.advice ? `（${one.advice}）` : ""}`);
    const mark = way.possible ? [] : [element("span", { class: "badge bad" }, "自己改变不了"), " "];
    return element("li", {}, ...mark, ...inline([...wait, changes.join("；")].join(""), 0, null));
  });
  return [part("还差什么", element("ul", { class: "ways" }, ...items))];
}

/** Those that decide stand open; those that are met can be unfolded. @param {Outcome} outcome @returns {Node[]} */
function conditions({ conditions: rows }) {
  if (!rows.length) return [];
  const deciding = rows.filter((row) => !row.aside && !row.truth);
  const others = rows.filter((row) => !deciding.includes(row));
  const title = `逐条对照（${tally(rows)}）`;
  if (!deciding.length) return [fold(title, false, conditionTable(others))];
  const rest = others.length ? [fold(`其余 ${others.length} 条`, false, conditionTable(others))] : [];
  return [part(title, conditionTable(deciding), ...rest)];
}

/** @param {Outcome} outcome @returns {Node[]} */
function materials({ materials: all }) {
  if (!all.length) return [];
  const shared = all.filter((one) => one.shared).length;
  const items = all.map((one) => element("li", {}, one.name, ...(one.shared ? [" ", element("span", { class: "badge quiet" }, "可共享免交")] : []), ...(one.says ? [element("small", {}, one.says)] : [])));
  return [fold(`材料（${all.length} 项${shared ? `，${shared} 项可共享免交` : ""}）`, false, element("ul", { class: "materials" }, ...items))];
}

/** @param {Outcome} outcome @returns {Node[]} */
function steps({ steps: all, deadline, apply_at: where, fulfilment }) {
  const items = all.map((one) => element("li", {}, element("strong", {}, one.name), `：${one.department}，${one.time}`, ...(one.where ? [element("small", {}, one.where)] : [])));
  const due = deadline ? [part("期限", element("p", {}, deadline.says, ...(deadline.on ? ["：", element("strong", {}, deadline.on), `（${deadline.counting}）`] : [])))] : [];
  const way = [where ? `在哪里办：${where}` : "", fulfilment ? `兑现方式：${fulfilment}` : ""].filter(Boolean);
  const list = items.length ? [fold(`怎么办（${items.length} 步）`, false, element("ol", { class: "steps" }, ...items))] : [];
  return [...list, ...due, ...way.map((words) => element("p", {}, words))];
}

/** @param {Outcome} outcome @returns {Node[]} */
function cautions({ cautions: all }) {
  return all.length ? [part("请注意", element("ul", { class: "cautions" }, ...all.map((words) => element("li", {}, ...inline(words, 0, null)))))] : [];
}

/** @param {Outcome} outcome @returns {Node[]} */
function replaced({ replaced_by: all }) {
  const links = all.map((one) => element("li", {}, element("a", { href: `/selftest/${encodeURIComponent(one.id)}`, target: "_blank", rel: "noopener" }, one.title)));
  return links.length ? [part("现在看", element("ul", {}, ...links))] : [];
}

/** @param {Told} told @returns {Node[]} */
function answers(told) {
  const rows = (told.answers ?? []).map(([, label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value)));
  return rows.length ? [fold(`按您说的这些判断（${rows.length} 项）`, false, element("dl", {}, ...rows))] : [];
}

/** @param {Told} told */
const note = (told) => element("p", { class: "disclaimer" }, `${noteOf(told)}。${AI_NOTICE}。`);

/** @param {Told} told */
const noteOf = (told) => (told.note ?? "").replace(/。$/, "");

/** @param {Told} told @param {Acts} acts */
const offered = (told, acts) => choices((told.choices ?? []).filter((one) => !OWN_BUTTONS.test(one.label)), acts.say);

/** The page with everything is opened by sending along what was answered: nothing of it is kept there. @param {Told} told @param {Acts} acts @param {boolean} isAlone */
function actions(told, acts, isAlone) {
  const row = element("div", { class: "doing" });
  const policy = told.policy ?? "";
  if (POLICY.test(policy)) row.append(pageForm(told, policy));
  if (POLICY.test(policy) && told.result?.materials.length) {
    row.append(element("a", { class: "small", href: `/selftest/${policy}/materials`, target: "_blank", rel: "noopener" }, icon("check"), "材料核对"));
  }
  row.append(button("复制", () => void copy(resultText(told)), { class: "small", "aria-label": "复制结果" }, "copy"));
  if (!isAlone) return row;
  const all = offered(told, acts);
  return element("div", {}, row, all);
}

/** @param {Told} told @param {string} policy */
function pageForm(told, policy) {
  const kept = (told.sheet ?? []).filter(([name]) => name !== "go").map(([name, value]) => element("input", { type: "hidden", name, value }));
  const print = element("button", { class: "small", name: "go", value: "result", formaction: `/selftest/${policy}#print` }, icon("print"), "打印 / 另存为 PDF");
  const share = element("button", { class: "small", name: "go", value: "share" }, icon("open"), "分享");
  return element("form", { method: "post", action: `/selftest/${policy}`, target: "_blank", rel: "noopener" }, ...kept, print, share);
}

/** The card in words, with the notices that go with it. @param {Told} told */
export function resultText(told) {
  const outcome = told.result;
  const rows = (outcome?.conditions ?? []).filter((row) => !row.aside);
  const conditionLines = rows.map((row) => `· ${row.says}：${row.answer ?? "还不知道"}（${row.truth === null ? "待定" : row.truth ? "满足" : "不满足"}；${basisOf(row)}）`);
  const gain = (outcome?.benefits ?? []).map((one) => `${one.label}：${one.shown}`);
  const end = [`按 ${told.on} 的规定判断。${noteOf(told)}。`, `（${AI_NOTICE}）`];
  return [`${told.title ?? ""}：${verdictWords(told)}`, told.sentence ?? "", ...gain, ...conditionLines, "", ...end].join("\n");
}

/** What is read out of a result. @param {Told} told */
export const spokenResult = (told) => `自测结果，${told.title ?? ""}：${verdictWords(told)}。${told.sentence ?? ""}`;
