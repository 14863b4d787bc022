// @ts-check
/** Who says something, how it is marked, and what can be tapped below it. */

import { element } from "../dom.js";
import { button } from "./dialogs.js";
import { icon } from "./icons.js";
import { clock } from "./words.js";

/** @typedef {import("./shapes.js").Choice} Choice */

export const MARKS = { ai: "AI 生成", curated: "常见问答 · 已审核", human: "人工回复" };

/** @param {string} origin @param {string} at @param {(Node | string)[]} content */
export function said(origin, at, ...content) {
  const mark = MARKS[/** @type {keyof typeof MARKS} */ (origin)] ?? MARKS.ai;
  const face = element("span", { class: "face", "aria-hidden": "true" }, icon(origin === "human" ? "person" : "megaphone"));
  const who = element("p", { class: "who" }, element("strong", {}, origin === "human" ? "政策服务专员" : "小二"), ...(at ? [element("span", { class: `mark ${origin}` }, mark)] : []));
  if (at) who.append(element("time", { class: "when", datetime: at }, clock(at)));
  return element("li", { class: "theirs", "data-origin": origin }, face, element("div", { class: "said" }, who, ...content));
}

/** @param {Choice[]} all @param {(text: string) => void} say */
export function choices(all, say) {
  const made = all.map((one) => button(one.label, () => say(one.send), { class: "choice" }));
  return element("div", { class: "choices", role: "group", "aria-label": "可以直接点" }, ...made);
}
