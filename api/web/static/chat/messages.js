// @ts-check
/** Events of the log as they stand on screen. */

import { element } from "../dom.js";
import { MARKS, choices, said } from "./bubbles.js";
import { AI_NOTICE, copy } from "./copying.js";
import { button, iconButton } from "./dialogs.js";
import { formNode, spokenForm } from "./forms.js";
import { icon } from "./icons.js";
import { resultNode, spokenResult } from "./results.js";
import { facts, isPublished, named, openSource, sourceNodes } from "./sources.js";
import { blocks, clock, spoken } from "./words.js";

/** @typedef {import("./shapes.js").Told} Told */
/** @typedef {import("./shapes.js").Card} Card */
/** @typedef {import("./talk.js").Outgoing} Outgoing */
/**
 * What can be done from a message.
 * @typedef {object} Acts
 * @property {(text: string) => void} say
 * @property {(text: string, fields: Record<string, string>) => void} answer What a form was filled in with.
 * @property {(choose: (code: string, name: string) => void) => void} pickPlace
 * @property {() => Promise<import("./shapes.js").Region[]>} places
 * @property {{read: (name: string) => string, note: (name: string, value: string) => void}} drafts Of a form that is half filled in.
 * @property {() => void} chooseRegion
 * @property {() => void} openMemory
 * @property {(on: number, helpful: boolean | null) => void} judge
 * @property {(seq: number) => void} again Answer a message once more.
 * @property {Record<string, () => void>} services What a card without words or link of its own opens.
 */

const SKIPPING = /跳过|先不|不选|不说|不知道|不清楚/;
const REMEMBERING = new Set(["region", "remembered", "forgotten"]);
/** Answers of a self-test stand in its forms already. */
const ANSWER = "fact:";
const EXTENTS = { answered: "", partly: "一部分有依据", not: "没有找到依据" };

/** The node of an event, where it has one; of a region a notice tells, and the top of the page. @param {Told} told @param {Acts} acts @returns {HTMLElement | null} */
export function messageNode(told, acts) {
  if (told.kind === "message") return told.author === "person" ? own(told) : fromStaff(told);
  if (told.kind === "reply") return reply(told, acts);
  if (told.kind === "question") return question(told, acts);
  if (told.kind === "form") return formNode(told, acts);
  if (told.kind === "result") return resultNode(told, acts);
  if (told.kind === "notice") return notice(told, acts);
  if (told.kind === "remembered") return told.said_in && told.key !== "region" && !told.key?.startsWith(ANSWER) ? remembered(told, acts) : null;
  if (told.kind === "rating") return line("check", [`已评价：${GRADES[(told.grade ?? 0) - 1] ?? ""}，谢谢。`]);
  return null;
}

export const GRADES = ["非常不满意", "不满意", "基本满意", "满意", "非常满意"];

/** @param {Told} told */
function own(told) {
  const given = /** @type {[string, string][]} */ (told.fields ?? []);
  const fields = Object.entries(Array.isArray(given) ? Object.fromEntries(given) : given);
  const bubble = element("div", { class: "bubble" }, ...spoken(told.text ?? ""));
  if (fields.length && !told.text) bubble.append(facts(fields));
  const when = element("time", { class: "when", datetime: told.at }, clock(told.at));
  return element("li", { class: "own", "data-seq": String(told.seq) }, element("span", { class: "away" }, "您说："), bubble, when);
}

/** A message on its way. @param {Outgoing} one @param {(one: Outgoing) => void} retry @param {(one: Outgoing) => void} withdraw */
export function outgoingNode(one, retry, withdraw) {
  const node = element("li", { class: `own ${one.state}` }, element("span", { class: "away" }, "您说："));
  node.append(element("div", { class: "bubble" }, ...spoken(one.text)));
  if (one.state === "sending") node.append(element("span", { class: "when" }, "正在发送…"));
  if (one.state !== "failed") return node;
  const words = element("span", {}, `没有发出去。${one.trouble}`);
  const tools = [button("重试", () => retry(one), { class: "small" }), button("不发了", () => withdraw(one), { class: "small" })];
  node.append(element("p", { class: "failure", role: "alert" }, icon("warning"), words, ...tools));
  return node;
}

/** @param {Told} told */
function fromStaff(told) {
  return said("human", told.at, element("div", { class: "bubble" }, ...blocks(told.text ?? "")));
}

/** @param {Told} told @param {Acts} acts */
function reply(told, acts) {
  const { answer } = told;
  const bubble = element("div", { class: "bubble" });
  if (told.part && !told.text?.split("\n", 1)[0].endsWith([...told.part].slice(0, 40).join(""))) bubble.append(element("p", { class: "part" }, told.part));
  if (answer && EXTENTS[answer.extent] && !told.text?.includes(EXTENTS[answer.extent])) bubble.append(element("p", { class: "extent" }, EXTENTS[answer.extent]));
  for (const words of answer?.notices ?? []) if (words !== AI_NOTICE) bubble.append(element("p", { class: "remark" }, words));
  bubble.append(...body(told));
  if (answer?.sources.length) bubble.append(...sourceNodes(answer));
  if (answer) bubble.append(element("p", { class: "hint" }, `按 ${answer.on} 在${answer.region}适用的规定`));
  const node = said(told.origin ?? "ai", told.at, bubble, ...(told.cards ?? []).map((one) => card(one, acts)));
  node.dataset.seq = String(told.seq);
  node.dataset.behaviour = told.behaviour ?? "";
  node.lastElementChild?.append(tools(told, acts), choices(told.choices ?? [], acts.say));
  return node;
}

/** Its words; where they only repeat the quotes, the cards below say it. @param {Told} told @returns {Node[]} */
function body(told) {
  const { answer, text = "" } = told;
  const cite = answer ? (/** @type {number} */ number) => openSource(answer, number) : null;
  const count = answer?.sources.length ?? 0;
  const at = answer ? text.indexOf(answer.answer.trim()) : -1;
  if (!answer || at < 0) return blocks(text, count, cite);
  const parts = answer.parts.map((part) =>
    element("li", {}, element("p", { class: "part" }, part.question), ...blocks(`${part.lead}${part.sources.map((number) => `[${number}]`).join("")}`, count, cite)),
  );
  return [
    ...blocks(text.slice(0, at).trim(), count, cite),
    ...(parts.length ? [element("ol", { class: "parts" }, ...parts)] : []),
    ...blocks(answer.lead, count, cite),
    ...blocks(text.slice(at + answer.answer.trim().length).trim(), count, cite),
  ];
}

/** @param {Told} told @param {Acts} acts */
function question(told, acts) {
  const asked = told.choices ?? [];
  const node = said("ai", told.at, element("div", { class: "bubble" }, ...blocks(told.text ?? "")));
  node.dataset.seq = String(told.seq);
  const row = choices(asked, acts.say);
  if (told.about === "region") row.append(button("选其他地区", acts.chooseRegion, { class: "choice" }, "place"));
  if (!asked.some((one) => SKIPPING.test(one.label))) row.append(button("跳过", () => acts.say("跳过"), { class: "choice quiet" }));
  node.lastElementChild?.append(row);
  return node;
}

/** @param {Card} one @param {Acts} acts */
function card(one, acts) {
  const node = element("section", { class: "card", "aria-label": one.title });
  node.append(element("h3", {}, icon(CARD_ICONS[one.service] ?? "document"), one.title), ...blocks(one.text));
  if (one.context?.length) node.append(facts(one.context));
  const isOurs = /^\/(?![/\\])/.test(one.link ?? "");
  const opens = acts.services[one.service];
  if (one.action && one.send) node.append(button(one.action, () => acts.say(one.send ?? ""), { class: "primary" }));
  else if (one.action && isOurs) node.append(element("a", { class: "primary", href: one.link ?? "", target: "_blank", rel: "noopener" }, one.action));
  else if (one.action && opens) node.append(button(one.action, opens, { class: "primary" }));
  return node;
}

/** @type {Record<string, string>} */
const CARD_ICONS = { eligibility: "calculator", appeal: "megaphone", handoff: "person", booking: "window", directory: "place", page: "document", delete: "bin", export: "save", memory: "memory", status: "star" };

/** @param {Told} told @param {Acts} acts */
function tools(told, acts) {
  const copying = iconButton("复制", "copy", () => void copy(forClipboard(told)));
  const good = iconButton("有帮助", "up", () => toggle(true), { "aria-pressed": "false", "data-helpful": "true" });
  const bad = iconButton("没帮助", "thumbdown", () => toggle(false), { "aria-pressed": "false", "data-helpful": "false" });
  /** @param {boolean} helpful */
  const toggle = (helpful) => {
    const was = (helpful ? good : bad).getAttribute("aria-pressed") === "true";
    acts.judge(told.seq, was ? null : helpful);
  };
  return element("div", { class: "tools", role: "group", "aria-label": "对这条回答" }, copying, good, bad);
}

/** The answer with what it rests on, and the notice that the law asks for. @param {Told} told */
export function forClipboard(told) {
  const sources = told.answer?.sources ?? [];
  const text = told.text ?? "";
  const missing = sources.filter((source) => !text.includes(source.title));
  const below = missing.map((source, row) => `[${row + 1}] ${named(source)}`);
  const origin = told.origin ?? "ai";
  const published = sources.map((source, row) => (isPublished(source) ? `[${row + 1}]` : "")).join("");
  if (origin === "ai" && published) below.push(`${published} 是已审核发布的常见问答原文，不是人工智能生成。`);
  const mark = origin === "ai" ? `（${AI_NOTICE}）` : origin === "curated" ? "（已审核的常见问答）" : "（工作人员回复）";
  return [text, ...below, "", mark].join("\n");
}

/** @param {string} drawn @param {(Node | string)[]} content */
function line(drawn, content) {
  return element("li", { class: "line" }, element("p", {}, icon(drawn), element("span", {}, ...content)));
}

/** @param {Told} told @param {Acts} acts */
function notice(told, acts) {
  const isMemory = REMEMBERING.has(told.code ?? "");
  const node = line(isMemory ? "memory" : "warning", [told.text ?? ""]);
  if (isMemory) node.firstElementChild?.append(button("查看、修改", acts.openMemory, { class: "link" }));
  else node.classList.add("notice");
  if (told.code === "failed") node.append(button("再问一次", () => acts.again(told.to ?? 0), { class: "small" }));
  return node;
}

/** @param {Told} told @param {Acts} acts */
function remembered(told, acts) {
  const words = told.value ? `已记住 ${told.label}：${told.shown}` : `已忘记 ${told.label}`;
  const node = line("memory", [words]);
  node.firstElementChild?.append(button("查看、修改", acts.openMemory, { class: "link" }));
  return node;
}

/** Typing, or the sentences that have been checked so far. @param {string[]} sentences */
export function writingNode(sentences) {
  const words = sentences.join("");
  const waiting = element("p", { class: "typing" }, element("span", { class: "dots", "aria-hidden": "true" }), "小二正在查找条款…");
  const bubble = element("div", { class: "bubble" }, ...(words ? blocks(words) : [waiting]));
  const node = said("ai", "", bubble);
  if (words) node.querySelector(".who")?.append(element("span", { class: "mark ai" }, MARKS.ai));
  node.classList.add("writing");
  return node;
}

/** What the live region says of an event. @param {Told} told */
export function spokenWords(told) {
  if (told.kind === "reply") return `小二：${(told.text ?? "").slice(0, 600)}`;
  if (told.kind === "question") return `小二问：${told.text ?? ""}`;
  if (told.kind === "form") return spokenForm(told);
  if (told.kind === "result") return spokenResult(told);
  if (told.kind === "notice") return told.text ?? "";
  if (told.kind === "message" && told.author === "staff") return `工作人员：${told.text ?? ""}`;
  return "";
}
