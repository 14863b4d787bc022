// @ts-check
/** Requests of one conversation, with its token; a token that ran out is renewed once, on the way. */

/** @typedef {import("./shapes.js").ServerEvent} ServerEvent */
/** @typedef {import("./shapes.js").Fact} Fact */
/** @typedef {import("./shapes.js").Region} Region */
/** @typedef {import("./shapes.js").Receipt} Receipt */

const PATIENCE_MS = 30_000;
const SILENCE_MS = 45_000;
const UNREADABLE = "服务器的回答读不了，请稍后再试；急事请拨打 12345 政务服务便民热线。";

/** The server cannot be reached: the line, not the request, is at fault. */
export class Unreachable extends Error {
  constructor() {
    super("连不上服务器，请检查网络后再试。");
  }
}

/** The server said no, in words for the person. */
export class Refused extends Error {
  /** @param {number} status @param {string} detail @param {number} waitSeconds */
  constructor(status, detail, waitSeconds) {
    super(detail);
    this.status = status;
    this.waitSeconds = waitSeconds;
  }

  /** The same request may succeed later. */
  get isPassing() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }

  /** Deleted, expired or never there: nothing will bring it back. */
  get isGone() {
    return this.status === 410 || this.status === 404;
  }
}

/** @param {Response} response */
async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("Retry-After"));
  return new Refused(response.status, typeof problem.detail === "string" ? problem.detail : UNREADABLE, wait || 0);
}

/**
 * @param {string} method @param {string} address @param {unknown} body
 * @param {Record<string, string>} headers @param {AbortSignal} signal
 */
async function send(method, address, body, headers, signal) {
  /** @type {Record<string, string>} */
  const content = body === undefined ? {} : { "Content-Type": "application/json" };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  try {
    return await fetch(address, { method, body: sent, headers: { ...content, ...headers }, signal, cache: "no-store" });
  } catch {
    throw new Unreachable();
  }
}

/** @param {string} method @param {string} address @param {unknown} [body] */
async function anonymous(method, address, body) {
  const response = await send(method, address, body, {}, AbortSignal.timeout(PATIENCE_MS));
  if (!response.ok) throw await refusal(response);
  return response.json();
}

/** @param {string} region @returns {Promise<{id: string, token: string, ai_notice: string}>} */
export const open = (region) =>
  anonymous("POST", "/api/conversations", region ? { region } : {});

/** @returns {Promise<Region[]>} */
export const regions = () => anonymous("GET", "/api/regions");

export class Calls {
  /** @type {Promise<void> | null} */
  #renewing = null;

  /** @param {string} id @param {string} token @param {(token: string) => void} onRenewed */
  constructor(id, token, onRenewed) {
    this.id = id;
    this.token = token;
    this.onRenewed = onRenewed;
  }

  /** @param {string} path */
  #address(path) {
    return `/api/conversations/${encodeURIComponent(this.id)}${path}`;
  }

  /** Renewed once however many requests find that it ran out. */
  #renew() {
    this.#renewing ??= this.#newToken().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #newToken() {
    const authorization = { Authorization: `Bearer ${this.token}` };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await send("POST", this.#address("/token"), undefined, authorization, signal);
    if (!response.ok) throw await refusal(response);
    this.token = (await response.json()).token;
    this.onRenewed(this.token);
  }

  /**
   * @param {string} method @param {string} path @param {unknown} [body]
   * @param {Record<string, string>} [headers] @param {AbortSignal} [signal]
   */
  async #ask(method, path, body, headers = {}, signal = AbortSignal.timeout(PATIENCE_MS)) {
    const asked = () =>
      send(method, this.#address(path), body, { ...headers, Authorization: `Bearer ${this.token}` }, signal);
    let response = await asked();
    if (response.status === 401) {
      await this.#renew();
      response = await asked();
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** @param {string} text @param {Record<string, string>} fields @param {string} key @returns {Promise<number>} */
  async say(text, fields, key) {
    const body = Object.keys(fields).length ? { text, fields } : { text };
    const response = await this.#ask("POST", "/messages", body, { "Idempotency-Key": key });
    return (await response.json()).seq;
  }

  /** A message whose answer failed is taken again. @param {number} seq */
  again(seq) {
    return this.#ask("POST", `/messages/${seq}/retry`);
  }

  /** All kept events after this one. @param {number} after @returns {Promise<any[]>} */
  async history(after) {
    const all = [];
    for (let more = true; more; ) {
      const page = await (await this.#ask("GET", `/history?after=${after}&limit=200`)).json();
      all.push(...page.events);
      more = page.more && page.events.length > 0;
      after = all.at(-1)?.seq ?? after;
    }
    return all;
  }

  /** @param {number} on @param {boolean | null} helpful @param {string} reason */
  feedback(on, helpful, reason) {
    return this.#ask("POST", "/feedback", { on, helpful, ...(reason ? { reason } : {}) });
  }

  /** @param {number} grade @param {string} words */
  rate(grade, words) {
    return this.#ask("POST", "/rating", { grade, ...(words ? { words } : {}) });
  }

  /** @returns {Promise<Fact[]>} */
  async memory() {
    return (await (await this.#ask("GET", "/memory")).json()).remembered;
  }

  /** @param {string} key @param {string} value */
  remember(key, value) {
    return this.#ask("PUT", `/memory/${encodeURIComponent(key)}`, { value });
  }

  /** One fact, or without a key all of them. @param {string} key */
  forget(key) {
    return this.#ask("DELETE", key ? `/memory/${encodeURIComponent(key)}` : "/memory");
  }

  /** @returns {Promise<Blob>} */
  async export() {
    return (await this.#ask("GET", "/export")).blob();
  }

  /** @returns {Promise<Receipt>} */
  async delete() {
    return (await this.#ask("DELETE", "")).json();
  }

  /**
   * Events as they come, until the line ends; a line that says nothing for too long is dead.
   * @param {number} after @param {AbortSignal} signal @param {() => void} onOpen
   * @returns {AsyncGenerator<ServerEvent>}
   */
  async *stream(after, signal, onOpen) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    const response = await this.#ask("GET", "/events", undefined, headers, signal);
    if (!response.body) throw new Unreachable();
    onOpen();
    const reader = response.body.getReader();
    try {
      yield* read(reader);
    } finally {
      reader.cancel().catch(() => {}); // a line that is gone needs no closing
    }
  }
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader @returns {AsyncGenerator<ServerEvent>} */
async function* read(reader) {
  const decoder = new TextDecoder();
  let rest = "";
  for (let piece = await soon(reader.read()); !piece.done; piece = await soon(reader.read())) {
    const blocks = (rest + decoder.decode(piece.value, { stream: true })).replace(/\r\n?/g, "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parsed(block);
      if (event) yield event;
    }
  }
}

/** @template T @param {Promise<T>} promised @returns {Promise<T>} */
function soon(promised) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unreachable()), SILENCE_MS);
    promised.then(resolve, () => reject(new Unreachable())).finally(() => clearTimeout(timer));
  });
}

/** @param {string} block @returns {ServerEvent | null} */
function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
