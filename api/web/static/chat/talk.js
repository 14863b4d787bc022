// @ts-check
/** One conversation as this page knows it: kept events, what is on its way in, what is on its way out. */

import { Calls, Refused, Unreachable, open } from "./calls.js";
import * as device from "./device.js";

/** @typedef {import("./shapes.js").Told} Told */
/**
 * @typedef {object} Outgoing
 * @property {string} key
 * @property {string} text
 * @property {Record<string, string>} fields
 * @property {"sending" | "sent" | "failed"} state sent: the server has it, the log has not said so yet
 * @property {number} seq Its number, when it is sent.
 * @property {string} trouble Why it was not sent, for the person.
 * @property {boolean} isPassing It may be tried again without asking.
 */
/** @typedef {"new" | "opening" | "open" | "broken" | "gone"} Line */

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
const TRIES = 3;
const ASLEEP_AFTER_MS = 120_000;

export class Talk {
  /** @type {Map<number, Told>} */
  events = new Map();
  /** @type {Outgoing[]} */
  outgoing = [];
  /** Checked sentences of a reply that is being written, by message. @type {Map<number, string[]>} */
  writing = new Map();
  /** Messages the person is waiting for. @type {Set<number>} */
  waiting = new Set();
  /** @type {Line} */
  line = "new";
  /** Why the conversation is over. */
  ending = "";
  /** Highest number up to which everything is here. */
  last = 0;
  /** What is here has been read before; only what comes after is announced. */
  isLive = false;
  region = "";
  /** @type {Calls | null} */
  calls = null;
  /** Messages whose turn is over: what is on its way for them comes too late. @type {Set<number>} */
  #answered = new Set();
  #closed = new AbortController();
  #stream = new AbortController();
  #wakeUp = () => {};
  #sending = false;

  /**
   * @param {device.Kept | null} kept
   * @param {(told: Told[]) => void} onChange Called with the events that are new.
   */
  constructor(kept, onChange) {
    this.kept = kept;
    this.onChange = onChange;
    if (!kept) return;
    this.calls = this.#callsOf(kept);
    this.line = "opening";
    this.outgoing = device.unsent(kept.id).map((one) => outgoing(one, "failed"));
  }

  /** @param {device.Kept} kept */
  #callsOf(kept) {
    return new Calls(kept.id, kept.token, (token) => {
      kept.token = token;
      device.note(kept);
    });
  }

  /** Read what was said, then listen for as long as the page is there. */
  start() {
    if (!this.calls) return;
    const { signal } = this.#closed;
    for (const name of ["online", "focus"]) addEventListener(name, () => this.wake(), { signal });
    addEventListener("offline", () => this.#cut(), { signal });
    document.addEventListener("visibilitychange", () => this.wake(), { signal });
    void this.#listen(this.calls);
  }

  close() {
    this.#closed.abort();
    this.#wakeUp();
  }

  /** Try again now, not when the pause is over. */
  wake() {
    if (document.visibilityState === "hidden" || this.line === "open") return;
    this.#wakeUp();
  }

  /** Without a network the line is dead, even where nobody has noticed yet. */
  #cut() {
    this.#turn("broken");
    this.#stream.abort();
  }

  /** @param {Calls} calls */
  async #listen(calls) {
    let wait = FIRST_WAIT_MS;
    while (!this.#closed.signal.aborted && this.line !== "gone") {
      try {
        if (!this.isLive) await this.#readHistory(calls);
        await this.#readStream(calls, () => (wait = FIRST_WAIT_MS));
      } catch (error) {
        if (this.#ends(error)) return;
        if (error instanceof Refused && error.waitSeconds) wait = Math.max(wait, error.waitSeconds * 1000);
      }
      if (this.#closed.signal.aborted) return;
      this.#turn("broken");
      await this.#pause(wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  /** @param {Calls} calls */
  async #readHistory(calls) {
    const told = await calls.history(this.last);
    const fresh = told.filter((one) => this.#take(one));
    this.onChange(fresh);
    this.isLive = true;
  }

  /** @param {Calls} calls @param {() => void} onOpen */
  async #readStream(calls, onOpen) {
    const opened = () => {
      onOpen();
      this.#turn("open");
      for (const one of this.outgoing) if (one.state === "failed" && one.isPassing) void this.retry(one);
    };
    const sleep = (this.#stream = new AbortController());
    const wakeLess = this.#sleepWhenHidden(sleep);
    try {
      for await (const event of calls.stream(this.last, sleep.signal, opened)) this.#hear(event);
    } catch (error) {
      if (!sleep.signal.aborted) throw error;
    } finally {
      wakeLess();
    }
    if (!sleep.signal.aborted || this.#closed.signal.aborted) return;
    if (this.line === "open") this.line = "opening";
    await this.#pause(Infinity); // until somebody looks, or the network is back
  }

  /** A page nobody looks at holds no line open. @param {AbortController} sleep */
  #sleepWhenHidden(sleep) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const watch = () => {
      clearTimeout(timer);
      if (document.visibilityState === "hidden") timer = setTimeout(() => sleep.abort(), ASLEEP_AFTER_MS);
    };
    const end = () => sleep.abort();
    document.addEventListener("visibilitychange", watch);
    this.#closed.signal.addEventListener("abort", end);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", watch);
      this.#closed.signal.removeEventListener("abort", end);
    };
  }

  /** @param {number} milliseconds */
  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = milliseconds === Infinity ? undefined : setTimeout(() => resolve(undefined), milliseconds);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** Whether nothing can follow. @param {unknown} error */
  #ends(error) {
    if (!(error instanceof Refused && (error.isGone || error.status === 401 || error.status === 403))) return false;
    this.ending = error.isGone ? "这段对话已经删除或者过期，内容已经不在了。" : `这段对话不能继续：${error.message}`;
    this.#turn("gone");
    return true;
  }

  /** @param {Line} line */
  #turn(line) {
    if (this.line === line) return;
    this.line = line;
    this.onChange([]);
  }

  /** @param {import("./shapes.js").ServerEvent} event */
  #hear({ name, data }) {
    if (this.#answered.has(data.to) && typeof data.seq !== "number") return;
    if (name === "typing") {
      this.waiting.add(data.to);
      this.writing.delete(data.to); // a turn that begins again takes back what it said
    } else if (name === "delta") this.writing.set(data.to, [...(this.writing.get(data.to) ?? []), data.text]);
    else if (typeof data.seq === "number") {
      if (this.#take(data)) this.onChange([data]);
      return;
    }
    this.onChange([]);
  }

  /** Whether it is new. @param {Told} told */
  #take(told) {
    if (this.events.has(told.seq)) return false;
    this.events.set(told.seq, told);
    this.last = Math.max(this.last, told.seq);
    if (told.kind === "message" && told.author === "person") {
      this.waiting.add(told.seq);
      this.#arrived(told);
    }
    if (["reply", "question", "form", "result", "done"].includes(told.kind)) this.writing.delete(told.to ?? 0);
    if (told.kind === "done") {
      this.waiting.delete(told.to ?? 0);
      if (!told.failed) this.#answered.add(told.to ?? 0);
    }
    if (told.kind === "remembered" && told.key === "region") this.region = told.value ? told.shown ?? "" : "";
    return true;
  }

  /** The message of this page is in the log: its stand-in goes. @param {Told} told */
  #arrived(told) {
    const own = this.outgoing.find((one) => one.seq === told.seq || (told.key ? one.key === told.key : one.text === told.text));
    if (own) this.#settle(own);
    if (!this.kept || this.kept.title || !told.text) return;
    this.kept.title = told.text.slice(0, 30);
    device.note(this.kept);
  }

  /** @param {Outgoing} one */
  #settle(one) {
    this.outgoing = this.outgoing.filter((other) => other !== one);
    this.#noteUnsent();
  }

  #noteUnsent() {
    if (!this.kept) return;
    const left = this.outgoing.filter((one) => one.state !== "sent");
    device.noteUnsent(this.kept.id, left.map(({ key, text, fields }) => ({ key, text, fields })));
  }

  /** @param {string} text @param {Record<string, string>} fields @param {string} region */
  async say(text, fields, region) {
    const one = outgoing({ key: crypto.randomUUID?.() ?? randomKey(), text, fields }, "sending");
    this.outgoing.push(one);
    this.#noteUnsent();
    this.onChange([]);
    await this.#begin(one, region);
  }

  /** The same message, under the same key: what arrived in spite of all is not said twice. @param {Outgoing} one */
  async retry(one) {
    if (one.state !== "failed") return;
    one.state = "sending";
    this.onChange([]);
    await this.#begin(one, "");
  }

  /** @param {Outgoing} one */
  withdraw(one) {
    this.#settle(one);
    this.onChange([]);
  }

  /** @param {Outgoing} one @param {string} region */
  async #begin(one, region) {
    if (this.#sending) return; // the one under way takes the next along
    this.#sending = true;
    try {
      for (let next = /** @type {Outgoing | undefined} */ (one); next; next = this.outgoing.find((other) => other.state === "sending")) {
        await this.#deliver(next, region);
      }
    } finally {
      this.#sending = false;
    }
  }

  /** @param {Outgoing} one @param {string} region */
  async #deliver(one, region) {
    try {
      const calls = this.calls ?? (await this.#open(region));
      one.seq = await this.#insist(() => calls.say(one.text, one.fields, one.key), one);
      one.state = "sent";
      this.#noteUnsent();
      if (this.events.has(one.seq)) this.#settle(one);
    } catch (error) {
      one.state = "failed";
      one.trouble = error instanceof Error ? error.message : "";
      one.isPassing = error instanceof Unreachable || (error instanceof Refused && error.isPassing);
      this.#ends(error);
    }
    this.onChange([]);
  }

  /** @param {string} region */
  async #open(region) {
    const opened = await this.#insist(() => open(region));
    this.kept = { id: opened.id, token: opened.token, title: "", at: new Date().toISOString() };
    device.note(this.kept);
    this.calls = this.#callsOf(this.kept);
    this.line = "opening";
    this.isLive = true;
    this.#noteUnsent();
    this.start();
    return this.calls;
  }

  /**
   * Again after a fault that may pass, unless the message has arrived in the meantime.
   * @template T @param {() => Promise<T>} ask @param {Outgoing} [message] @returns {Promise<T>}
   */
  async #insist(ask, message) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        const passing = error instanceof Unreachable || (error instanceof Refused && error.status >= 500);
        if (!passing || tries === TRIES || !navigator.onLine) throw error;
        await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * tries * tries));
        if (message && !this.outgoing.includes(message)) throw error;
      }
    }
  }

  /** @returns {Map<number, boolean | null>} */
  get judged() {
    const all = [...this.events.values()].filter((told) => told.kind === "feedback");
    return new Map(all.map((told) => [Number(told.on ?? 0), told.helpful ?? null]));
  }

  get isRated() {
    return [...this.events.values()].some((told) => told.kind === "rating");
  }
}

/** @param {device.Unsent} message @param {Outgoing["state"]} state @returns {Outgoing} */
const outgoing = (message, state) => ({ ...message, state, seq: 0, trouble: "", isPassing: true });

/** Pages that are not served over HTTPS have no randomUUID. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
