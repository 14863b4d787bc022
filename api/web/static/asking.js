// @ts-check
/**
 * Questions to the server: answered at once, or sentence by sentence as a language model writes.
 * Whatever goes wrong ends in words for the reader.
 */

/**
 * @typedef {{document: string, title: string, doc_number: string | null, since: string}} Later
 * @typedef {{document: string, title: string, doc_number: string | null, clause: string, quote: string, region: string,
 *   effective_from: string | null, effective_to: string | null, in_force: boolean, why: string, clause_id: string,
 *   deciding: string[], pending: string[], remarks: string[], amended_by: Later[], superseded_by: Later | null}} Source
 * @typedef {{question: string, lead: string, answered: boolean, sources: number[]}} Part
 * @typedef {{document: string, title: string, region: string}} Elsewhere
 * @typedef {{extent: "answered" | "partly" | "not", lead: string, parts: Part[], elsewhere: Elsewhere[], region: string,
 *   on: string, sources: Source[], notices: string[], model: string | null}} Answer
 * @typedef {{question: string, region: string | null, on: string | null}} Ask
 */

/**
 * Who is told while an answer is written.
 * @typedef {object} Listener
 * @property {(notices: string[]) => void} opening What must stand before the first sentence.
 * @property {(text: string) => void} sentence Checked; it stays true whatever follows.
 * @property {() => void} broken The line broke; the answer is asked for anew, in one piece.
 */

const PATIENCE_MS = 60_000;
const OFFLINE = "连不上服务器，请检查网络后再试。";
const TOO_SLOW = "等了一分钟还没有结果，请稍后再试。";
const UNREADABLE = "服务器的回答读不了，请稍后再试；急事请拨打 12345 政务服务便民热线。";

/** A failure whose message is for the reader. */
export class Told extends Error {}

/** The reader did not want to wait for the end. */
export class Stopped extends Error {}

/** Ends a question when the server says nothing for a minute, or when the reader wants no more. */
export class Patience {
  #ended = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  signal = this.#ended.signal;

  /** The minute begins anew. */
  renew() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ended.abort(new Told(TOO_SLOW)), PATIENCE_MS);
  }

  stop() {
    this.#ended.abort(new Stopped());
  }

  /** Nothing is waited for any more. */
  close() {
    clearTimeout(this.#timer);
  }
}

/** @param {Ask} asked @param {Patience} patience @returns {Promise<Answer>} */
export async function ask(asked, patience) {
  try {
    const response = await post("/api/ask", "application/json", asked, patience);
    return await response.json();
  } catch (error) {
    throw forReader(error, patience);
  }
}

/**
 * The answer in the end; the listener hears its sentences before.
 * A line that breaks, or a proxy that lets no stream through, costs one plain request.
 * @param {Ask} asked @param {Patience} patience @param {Listener} listener @returns {Promise<Answer>}
 */
export async function askStreaming(asked, patience, listener) {
  try {
    const response = await post("/api/ask/stream", "text/event-stream", asked, patience);
    const found = await listen(response, patience, listener);
    if (found) return found;
  } catch (error) {
    if (patience.signal.aborted || error instanceof Told) throw forReader(error, patience);
  }
  listener.broken();
  return ask(asked, patience);
}

/** The last event's answer; nothing when the stream ended without one. */
async function listen(/** @type {Response} */ response, /** @type {Patience} */ patience, /** @type {Listener} */ listener) {
  let opened = false;
  for await (const [name, data] of events(response, patience)) {
    if (name === "answer") return /** @type {Answer} */ (data);
    if (name === "error") throw new Told(data.detail);
    if (name === "sentence" && !opened) return null; // never without what must stand before it
    if (name === "sentence") listener.sentence(data.text);
    if (name === "opening") {
      opened = true;
      listener.opening(data.notices);
    }
  }
  return null;
}

/**
 * Names and data of server-sent events, as they come; leaving the loop closes the connection.
 * @param {Response} response @param {Patience} patience @returns {AsyncGenerator<[string, any]>}
 */
async function* events(response, patience) {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      patience.renew();
      const blocks = (rest + decoder.decode(piece.value, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
        if (name) yield [name, JSON.parse(data)];
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // a connection that is gone needs no closing
  }
}

/** @param {string} address @param {string} accept @param {Ask} asked @param {Patience} patience */
async function post(address, accept, asked, patience) {
  patience.renew();
  const headers = { "Content-Type": "application/json", Accept: accept };
  const sent = { method: "POST", headers, body: JSON.stringify(asked), signal: patience.signal };
  const response = await fetch(address, sent);
  if (response.ok) return response;
  throw new Told((await response.json()).detail);
}

/** @param {unknown} error @param {Patience} patience */
function forReader(error, patience) {
  if (patience.signal.aborted) return patience.signal.reason;
  if (error instanceof Told) return error;
  return new Told(error instanceof TypeError ? OFFLINE : UNREADABLE);
}
