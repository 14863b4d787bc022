// @ts-check
/** How a verdict is marked, and the conditions behind it as a table: never by colour alone. */

import { element } from "../dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./shapes.js").Told} Told */
/** @typedef {import("./shapes.js").Condition} Condition */

/** Words, shape and sort of every verdict. @type {Record<string, [string, string]>} */
const VERDICTS = {
  met: ["符合", "check"],
  not_met: ["不符合", "close"],
  unknown: ["待定", "question"],
  ended: ["不在执行", "close"],
  not_yet: ["还没有开始", "question"],
  outdated: ["规则待更新", "question"],
  explained: ["说明", "document"],
};
/** @type {Record<string, [string, string]>} */
const TRUTHS = { met: ["满足", "check"], failed: ["不满足", "close"], open: ["待定", "question"], aside: ["不必看", "minus"] };

/** @param {Told} told */
export function verdictOf(told) {
  const standing = told.result?.standing ?? "";
  return told.verdict || (standing in VERDICTS ? standing : "explained");
}

/** @param {Told} told */
export const verdictWords = (told) => VERDICTS[verdictOf(told)][0];

/** @param {Told} told */
export function stamp(told) {
  const verdict = verdictOf(told);
  const [words, drawn] = VERDICTS[verdict];
  return element("span", { class: `stamp ${verdict}` }, element("span", { class: "shape", "aria-hidden": "true" }, icon(drawn)), element("strong", {}, words));
}

/** @param {Condition} row */
const stateOf = (row) => (row.aside ? "aside" : row.truth === null ? "open" : row.truth ? "met" : "failed");

/** 5 条：3 满足、1 不满足、1 待定. @param {Condition[]} rows */
export function tally(rows) {
  const counted = ["met", "failed", "open"].map((state) => [rows.filter((row) => stateOf(row) === state).length, TRUTHS[state][0]]);
  return counted.filter(([count]) => count).map(([count, words]) => `${count} 条${words}`).join("，");
}

/** @param {Condition} row */
export const basisOf = (row) => `《${row.document}》${row.number && row.number !== row.document ? `（${row.number}）` : ""}${row.clause ?? ""}`;

const HEADS = ["条件", "您的情况", "结果", "依据"];

/** @param {Condition[]} rows */
export function conditionTable(rows) {
  const head = element("tr", {}, ...HEADS.map((words) => element("th", { scope: "col", role: "columnheader" }, words)));
  /** @type {Set<string>} */
  const quoted = new Set();
  const body = rows.map((row) => conditionRow(row, quoted));
  return element("table", { class: "leaves", role: "table" }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head.children)), element("tbody", { role: "rowgroup" }, ...body));
}

/** The roles stay where the rows are stacked on a phone. @param {Condition} row @param {Set<string>} quoted */
function conditionRow(row, quoted) {
  const state = stateOf(row);
  const [words, drawn] = TRUTHS[state];
  const cell = (/** @type {number} */ place, /** @type {(Node | string)[]} */ ...content) => element("td", { role: "cell", "data-label": HEADS[place] }, ...content);
  return element(
    "tr",
    { class: state, role: "row" },
    element("th", { scope: "row", role: "rowheader" }, row.says, ...row.under.map((above) => element("small", {}, above))),
    cell(1, row.answer ?? "还不知道"),
    cell(2, element("span", { class: "truth" }, icon(drawn), words)),
    cell(3, ...basis(row, quoted)),
  );
}

/** The words of a clause stand once. @param {Condition} row @param {Set<string>} quoted @returns {(Node | string)[]} */
function basis(row, quoted) {
  if (row.aside) return [element("small", {}, `${basisOf(row)}；别的条件已经够了，或者更接近`)];
  const key = `${row.document}${row.clause}${row.quote}`;
  const isKnown = quoted.has(key);
  quoted.add(key);
  const words = row.quote ? element("q", {}, isKnown ? `“${[...row.quote].slice(0, 12).join("")}……”（同上）` : `“${row.quote}”`) : element("small", {}, `转述，未见原文：${row.retold ?? ""}`);
  const until = row.until ? ["，到 ", day(row.until)] : [];
  return [basisOf(row), words, element("small", {}, `${row.region}，`, day(row.since), " 起", ...until)];
}

/** @param {string} iso */
const day = (iso) => element("span", { class: "day" }, iso);
