// @ts-check
/** The chat page, alone or in a frame of another site. */

import { byId, element } from "../dom.js";
import { Composer } from "./composer.js";
import { markCopies } from "./copying.js";
import * as device from "./device.js";
import { button, dialog } from "./dialogs.js";
import { icon } from "./icons.js";
import { Log } from "./log.js";
import { applyLooks, toggleDark, toggleLarge, watchLooks } from "./looks.js";
import * as panels from "./panels.js";
import { Talk } from "./talk.js";

/** @typedef {import("./shapes.js").Region} Region */
/** @typedef {import("./shapes.js").Told} Told */

const HUMAN = "转人工";
const SELF_TEST = "我能享受哪些政策？帮我自测一下";
const ANSWERS = new Set(["reply", "form", "result"]);
const settings = document.body.dataset;
const isEmbedded = "embedded" in settings;
const colour = settings.color ?? "";
const theme = settings.theme ?? "";

/** Chosen before there is a conversation to remember it. */
let region = { code: settings.region ?? "", name: settings.regionName ?? "" };

/** @type {Talk} */
let talk;

const log = new Log({
  say: (text) => say(text),
  answer: (text, fields) => say(text, fields),
  pickPlace: (choose) => void panels.chooseRegion((one) => choose(one.code, one.full_name)),
  places: panels.held,
  drafts: {
    read: (name) => (talk.kept ? device.draft(talk.kept.id, name) : ""),
    note: (name, value) => talk.kept && device.noteDraft(talk.kept.id, name, value),
  },
  chooseRegion,
  openMemory,
  judge,
  again: (seq) => void talk.calls?.again(seq).catch(panels.tell),
  services: {
    delete: () => talk.calls && panels.deleteTalk(talk.calls, gone),
    export: exportTalk,
    memory: openMemory,
    appeal: openAppeal,
  },
});
const composer = new Composer(Number(settings.longest), (text) => say(text));
const strip = byId("connection");
const stripText = byId("connection-text");
const place = byId("region-name");

/** @param {device.Kept | null} kept */
function begin(kept) {
  talk?.close();
  log.clear();
  const own = (talk = new Talk(kept, (fresh) => own === talk && changed(fresh)));
  changed([]);
  own.start();
}

/** @param {Told[]} fresh */
function changed(fresh) {
  log.show(talk, fresh);
  place.textContent = talk.region || region.name || "选择地区";
  showLine();
  showSide();
  if (isEmbedded && talk.isLive && fresh.some((told) => ANSWERS.has(told.kind))) tellHost("news");
}

let brokenSince = 0;

/** A short break is healed before anybody has to know. */
function showLine() {
  const isBroken = talk.line === "broken" || !navigator.onLine;
  brokenSince = isBroken ? brokenSince || Date.now() : 0;
  const isLong = isBroken && (Date.now() - brokenSince > 2_000 || !navigator.onLine);
  if (isBroken && !isLong) setTimeout(showLine, 2_100);
  strip.hidden = !isLong && talk.line !== "gone";
  if (talk.line === "gone") stripText.textContent = talk.ending;
  else if (isLong) stripText.textContent = navigator.onLine ? "连接断了，正在重新连接…" : "网络断开了，连上以后会自动接着来。";
  byId("afresh").hidden = talk.line !== "gone";
}

/** @param {string} text @param {Record<string, string>} [fields] */
function say(text, fields = {}) {
  if (!text) return;
  if (talk.line === "gone") begin(null);
  void talk.say(text, fields, region.code);
}

function startAfresh() {
  device.leave();
  begin(null);
  composer.field.focus();
}

/** @param {number} on @param {boolean | null} helpful */
function judge(on, helpful) {
  const send = (/** @type {string} */ reason) => {
    /** @type {Promise<unknown> | undefined} */ (talk.calls?.feedback(on, helpful, reason))?.then(() => shown(on, helpful), panels.tell);
  };
  if (helpful === false) panels.askReason(send);
  else send("");
}

/** The log will say so, too; the person need not wait for it. @param {number} on @param {boolean | null} helpful */
function shown(on, helpful) {
  for (const one of document.querySelectorAll(`[data-seq="${on}"] [data-helpful]`)) {
    one.setAttribute("aria-pressed", String(String(helpful) === /** @type {HTMLElement} */ (one).dataset.helpful));
  }
}

function chooseRegion() {
  void panels.chooseRegion((one) => void settle(one).catch(panels.tell));
}

/** An open question is answered with it; else it is changed for what follows. @param {Region} one */
async function settle(one) {
  region = { code: one.code, name: one.full_name };
  const last = [...talk.events.values()].filter((told) => ["question", "message", ...ANSWERS].includes(told.kind)).at(-1);
  if (last?.kind === "question" && last.about === "region") say(one.full_name, { region: one.code });
  else if (talk.calls) {
    await talk.calls.remember("region", one.code);
    talk.region = one.name;
  }
  changed([]);
}

function openAppeal() {
  void panels.openAppeal(say, region.code);
}

function exportTalk() {
  if (talk.calls) void panels.exportTalk(talk.calls, new Date().toISOString().slice(0, 10));
}

function openMemory() {
  void panels.openMemory(talk.calls, () => changed([]));
}

/** @type {[string, string, () => void, boolean][]} Icon, words, what happens, needs a conversation. */
const ACTIONS = [
  ["memory", "小二记住了什么", openMemory, false],
  ["star", "评价这次服务", () => talk.calls && panels.openRating(talk.calls, () => changed([])), true],
  ["save", "导出对话", exportTalk, true],
  ["print", "打印", () => print(), true],
  ["text", "大字版", () => look(toggleLarge), false],
  ["moon", "深色、浅色", () => look(toggleDark), false],
  ["bin", "删除这段对话", () => talk.calls && panels.deleteTalk(talk.calls, gone), true],
];

function look(/** @type {() => void} */ toggle) {
  toggle();
  applyLooks(colour, theme);
}

function gone() {
  if (talk.kept) device.drop(talk.kept.id);
  startAfresh();
}

const openHistory = () => panels.openHistory((kept) => {
  device.note(kept);
  begin(kept);
}, talk.kept?.id ?? "");

/** @param {() => void} [before] @returns {HTMLElement[]} */
function menu(before = () => {}) {
  const row = (/** @type {string} */ drawn, /** @type {string} */ words, /** @type {() => void} */ act) => {
    const press = () => {
      before();
      act();
    };
    return element("li", {}, button(words, press, { class: "entry" }, drawn));
  };
  const usable = ACTIONS.filter(([, words, , needs]) => !(needs && !talk.kept) && !(words === "评价这次服务" && talk.isRated));
  const own = [row("add", "新对话", startAfresh), row("history", "历史对话", openHistory)];
  return [
    element("ul", {}, ...own, ...usable.map(([drawn, words, act]) => row(drawn, words, act))),
    element("h3", {}, "查资料"),
    element("ul", {}, ...LINKS.map(([drawn, words, href]) => element("li", {}, link(drawn, words, href)))),
  ];
}

const LINKS = [
  ["document", "政策文件", "/documents"],
  ["window", "五类服务", "/services"],
  ["calculator", "政策自测", "/selftest"],
  ["place", "窗口和电话", "/channels"],
];

function link(/** @type {string} */ drawn, /** @type {string} */ words, /** @type {string} */ href) {
  const attributes = { class: "entry", href, ...(isEmbedded ? { target: "_blank", rel: "noopener" } : {}) };
  return element("a", attributes, icon(drawn), words);
}

let sideShows = "";

function showSide() {
  const shows = `${talk.kept?.id} ${talk.isRated}`;
  if (isEmbedded || shows === sideShows) return;
  sideShows = shows;
  byId("side").replaceChildren(...menu());
}

/** @param {string} what */
function tellHost(what) {
  parent.postMessage({ xiaoer: what }, "*"); // says nothing but that there is news, or that it may close
}

/** A link of a page asks about that page: the words are there, sending them is up to the person. */
function takeQuestion() {
  const asked = new URLSearchParams(location.search).get("q");
  if (!asked) return;
  startAfresh();
  composer.fill(asked.slice(0, composer.longest));
  composer.field.focus();
  history.replaceState(null, "", location.pathname);
}

for (const [id, act] of /** @type {[string, () => void][]} */ ([
  ["human", () => say(HUMAN)],
  ["test", () => say(SELF_TEST)],
  ["appeal", openAppeal],
  ["region", chooseRegion],
  ["menu", () => dialog("菜单", (close) => menu(close), { side: true })],
  ["afresh", startAfresh],
])) byId(id).addEventListener("click", act);
for (const one of document.querySelectorAll("[data-say]")) {
  one.addEventListener("click", () => say(/** @type {HTMLElement} */ (one).dataset.say ?? ""));
}
for (const one of document.querySelectorAll("[data-icon]")) one.prepend(icon(/** @type {HTMLElement} */ (one).dataset.icon ?? ""));
for (const name of ["online", "offline"]) addEventListener(name, showLine);
if (isEmbedded) {
  byId("close").addEventListener("click", () => tellHost("close"));
  addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && tellHost("close"));
}
watchLooks(colour, theme);
markCopies();
begin(device.current());
takeQuestion();
document.body.dataset.ready = "";
