// @ts-check
/** The conversation on screen: what was said, what is being written, where one has scrolled to. */

import { byId, element } from "../dom.js";
import * as device from "./device.js";
import { openForm, settleForm } from "./forms.js";
import { messageNode, outgoingNode, spokenWords, writingNode } from "./messages.js";
import { joinResult, offerBelow } from "./results.js";
import { foldSources } from "./sources.js";

/** @typedef {import("./shapes.js").Told} Told */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("./messages.js").Acts} Acts */

const NEAR_PIXELS = 120;
const SHORT_PIXELS = 260;
/** Words of the assistant that lead to a form. */
const OPENING = "[data-behaviour=eligibility]";

export class Log {
  scroller = byId("log");
  list = byId("messages");
  tail = byId("tail");
  welcome = byId("welcome");
  newer = byId("newer");
  status = byId("said");
  /** @type {Map<number, HTMLElement>} */
  #nodes = new Map();

  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.newer.addEventListener("click", () => this.toEnd());
    this.scroller.addEventListener("scroll", () => this.newer.toggleAttribute("data-idle", this.isNearEnd), { passive: true });
  }

  get isNearEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_PIXELS;
  }

  clear() {
    this.#nodes.clear();
    this.list.replaceChildren();
    this.tail.replaceChildren();
    this.welcome.hidden = false;
    this.#offerNewer(false);
  }

  /** @param {Talk} talk @param {Told[]} fresh */
  show(talk, fresh) {
    const stays = this.isNearEnd;
    const wasAsked = document.activeElement?.closest(".asked");
    const first = fresh.map((told) => this.#place(told)).find(Boolean);
    this.#showForms(talk);
    this.#showTail(talk);
    this.#showJudgements(talk);
    if (wasAsked) this.#goOn(fresh);
    const isReading = talk.line === "opening" && !talk.isLive;
    this.welcome.hidden = this.#nodes.size > 0 || talk.outgoing.length > 0 || isReading;
    if (talk.isLive) this.#announce(fresh);
    if (!fresh.length && !talk.outgoing.length && !talk.writing.size) return;
    const own = fresh.some((told) => told.author === "person") || (talk.outgoing.length > 0 && !fresh.length);
    const due = talk.isLive && this.#due(fresh);
    if (due) this.toEnd(due);
    else if (own || stays || !talk.isLive) this.toEnd(talk.isLive && !own ? first : undefined);
    else if (fresh.some((told) => this.#nodes.has(told.seq))) this.#offerNewer(true);
  }

  /** What the person is waiting for stands in view, whatever came before it: a form, or what a form led to; but not before the answer to something else. @param {Told[]} fresh */
  #due(fresh) {
    const asked = Number(/** @type {HTMLElement | undefined} */ ([...this.list.querySelectorAll(".own")].at(-1))?.dataset.seq);
    const found = fresh.find((told) => (told.kind === "form" || told.kind === "result") && told.to === asked);
    const isBeside = this.list.querySelector(`[data-to="${asked}"][data-behaviour]:not(${OPENING})`);
    return found && !isBeside ? this.#nodes.get(found.seq) : undefined;
  }

  /** In the order of the log, whatever order events come in. @param {Told} told */
  #place(told) {
    const together = told.kind === "result" && this.#results(told.to ?? 0);
    if (together) {
      const row = together.querySelector(":scope > .said > .choices");
      joinResult(together, told, this.acts);
      if (row) offerBelow(together, row);
      return undefined;
    }
    const node = messageNode(told, this.acts);
    if (!node) return undefined;
    const later = [...this.list.children].reverse().filter((one) => Number(/** @type {HTMLElement} */ (one).dataset.seq) > told.seq);
    node.dataset.seq = String(told.seq);
    node.dataset.to = String(told.to ?? "");
    this.list.insertBefore(node, later.at(-1) ?? null);
    this.#nodes.set(told.seq, node);
    if (told.kind === "message" && told.author === "person") this.#retireChoices(told.seq, "li:not(.form, .result)");
    if (told.kind === "form" || told.kind === "result") this.#retireChoices(told.seq, "li.result");
    const row = told.kind === "result" && this.list.querySelector(`[data-to="${told.to}"]:not(.form, .result) .choices`);
    if (row) offerBelow(node, row);
    if (told.kind === "form") for (const one of this.list.querySelectorAll(`[data-to="${told.to}"]${OPENING}`)) foldSources(one);
    return node;
  }

  /** Where the results of one message stand. @param {number} to */
  #results(to) {
    return [...this.#nodes.values()].find((node) => node.matches(`.result[data-to="${to}"]`));
  }

  /** One form at most can be filled in; of the others nothing that was begun is kept. @param {Talk} talk */
  #showForms(talk) {
    const open = openForm(talk.events.values());
    const isGoing = talk.outgoing.some((one) => Object.keys(one.fields).length);
    if (talk.isLive && talk.kept) device.keepDrafts(talk.kept.id, /** @type {{name: string}[]} */ (open?.fields ?? []).map((field) => field.name));
    for (const [seq, node] of this.#nodes) {
      const told = talk.events.get(seq);
      if (told?.kind === "form") settleForm(node, told, told === open && !isGoing && talk.line !== "gone", this.acts);
    }
  }

  /** Who answered a form and has not moved away goes on with what came of it. @param {Told[]} fresh */
  #goOn(fresh) {
    const next = fresh.filter((told) => told.kind === "form" || told.kind === "result").map((told) => this.#nodes.get(told.seq));
    const card = /** @type {HTMLElement | null | undefined} */ (next[0]?.querySelector(".asking, .outcome, .outcomes"));
    card?.focus({ preventScroll: true });
  }

  /** Quick replies belong to the newest turn; what can be done with a result, to the newest self-test. @param {number} before @param {string} where */
  #retireChoices(before, where) {
    const older = [...this.#nodes].filter(([seq, node]) => seq < before && node.matches(where));
    for (const [, node] of older) for (const row of node.querySelectorAll(".choices")) row.remove();
  }

  /** @param {Talk} talk */
  #showTail(talk) {
    const sent = talk.outgoing.filter((one) => !talk.events.has(one.seq));
    const writing = [...talk.waiting].sort((one, other) => one - other).map((to) => writingNode(talk.writing.get(to) ?? []));
    const going = sent.map((one) => outgoingNode(one, (again) => void talk.retry(again), (gone) => talk.withdraw(gone)));
    const focused = this.tail.contains(document.activeElement);
    this.tail.replaceChildren(...(talk.line === "gone" ? [] : writing.slice(0, 1)), ...going);
    if (focused) byId("words").focus();
  }

  /** @param {Talk} talk */
  #showJudgements(talk) {
    for (const [on, helpful] of talk.judged) {
      for (const one of this.#nodes.get(on)?.querySelectorAll("[data-helpful]") ?? []) {
        one.setAttribute("aria-pressed", String(String(helpful) === /** @type {HTMLElement} */ (one).dataset.helpful));
      }
    }
  }

  /** Read out without moving the focus; of many results the first. @param {Told[]} fresh */
  #announce(fresh) {
    const words = fresh.filter((told) => told.kind !== "result" || this.#nodes.has(told.seq)).map(spokenWords).filter(Boolean);
    if (words.length) this.status.replaceChildren(...words.map((text) => element("p", {}, text)));
  }

  /** A long answer is read from its beginning. @param {HTMLElement} [first] */
  toEnd(first) {
    const isLong = first && this.scroller.scrollHeight - first.offsetTop > this.scroller.clientHeight;
    this.scroller.scrollTop = isLong ? startOf(first) : this.scroller.scrollHeight;
    this.#offerNewer(isLong && !this.isNearEnd);
  }

  /** Near the end it keeps its place unseen: what one is about to tap would move with it. @param {boolean} [isOffered] */
  #offerNewer(isOffered) {
    this.newer.hidden = !isOffered;
    this.newer.removeAttribute("data-idle");
  }
}

/** With the question above it, unless that is long. @param {HTMLElement} answer */
function startOf(answer) {
  let start = answer;
  for (let one = answer; one && answer.offsetTop - one.offsetTop < SHORT_PIXELS; one = /** @type {HTMLElement} */ (one.previousElementSibling)) {
    if (one.classList.contains("own")) start = one;
    if (start !== answer) break;
  }
  return start.offsetTop - 12;
}
