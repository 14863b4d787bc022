// @ts-check
/** Shapes of what the server sends; assistant/events.py and api/models.py are the contract. */

/** @typedef {import("../asking.js").Later} Later */
/** @typedef {import("../asking.js").Source & {matched?: string[]}} Source */
/** @typedef {import("../asking.js").Part} Part */
/** @typedef {Omit<import("../asking.js").Answer, "sources"> & {answer: string, sources: Source[]}} Answer */
/** @typedef {{label: string, send: string}} Choice */
/**
 * @typedef {{service: string, title: string, text: string, action?: string, send?: string, link?: string,
 *   context?: [string, string][]}} Card
 */
/**
 * An event of the log with its payload.
 * @typedef {object} Told
 * @property {number} seq
 * @property {string} at
 * @property {"person" | "assistant" | "staff" | "system"} author
 * @property {string} kind message, reply, question, notice, remembered, feedback, rating, done
 * @property {string} [text]
 * @property {string} [key]
 * @property {number} [to]
 * @property {string[]} [masked]
 * @property {[string, string][] | string} [fields]
 * @property {"ai" | "curated" | "human"} [origin]
 * @property {string} [behaviour]
 * @property {string} [part]
 * @property {Answer | null} [answer]
 * @property {Card[]} [cards]
 * @property {Choice[]} [choices]
 * @property {string} [about]
 * @property {string} [code]
 * @property {string} [label]
 * @property {string} [value]
 * @property {string} [shown]
 * @property {number} [said_in]
 * @property {number} [on]
 * @property {boolean | null} [helpful]
 * @property {string} [reason]
 * @property {number} [grade]
 * @property {string} [words]
 * @property {string} [failed]
 */
/** @typedef {{name: string, data: any}} ServerEvent */
/** @typedef {{key: string, label: string, value: string, shown: string}} Fact What is remembered about the person. */
/** @typedef {{code: string, name: string, full_name: string}} Region */
/** @typedef {{receipt: string, deleted_at: string, events: number}} Receipt */

export {};
