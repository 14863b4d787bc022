// @ts-check
/** Shapes of what the server sends; assistant/events.py and api/models.py are the contract. */

/** @typedef {import("../asking.js").Later} Later */
/** @typedef {import("../asking.js").Source} Source */
/** @typedef {import("../asking.js").Part} Part */
/** @typedef {Omit<import("../asking.js").Answer, "sources"> & {answer: string, sources: Source[]}} Answer */
/** @typedef {{label: string, send: string}} Choice */
/**
 * @typedef {{service: string, title: string, text: string, action?: string, send?: string, link?: string,
 *   context?: [string, string][]}} Card
 */
/**
 * One question of a form.
 * @typedef {{name: string, label: string, question: string, type: string, unit?: string, options?: string[], notes?: string[],
 *   help?: string, where?: string, sensitive?: boolean, value?: string, heard?: string, rough?: boolean, complaint?: string}} FormField
 */
/**
 * A condition of a policy, and how it came out.
 * @typedef {{says: string, label: string, answer: string | null, truth: boolean | null, aside: boolean, under: string[],
 *   quote: string | null, retold: string | null, document: string, number: string | null, clause: string | null,
 *   since: string, until: string | null, region: string, advice: string | null}} Condition
 */
/** @typedef {{label: string, now: string | null, to: string, needs: string[], advice: string | null}} Change */
/** @typedef {{possible: boolean, wait_until: string | null, changes: Change[]}} Way */
/**
 * What a self-test came to; Result.to_json() of knowledge/rules/result.py.
 * @typedef {object} Outcome
 * @property {string} standing in_force, ended, not_yet, outdated
 * @property {{says: string, by: {document: string, title: string, doc_number: string | null} | null} | null} [outdated]
 * @property {string | null} provisional
 * @property {Condition[]} conditions
 * @property {{label: string, says: string, shown: string, formula: string, clause: string | null}[]} benefits
 * @property {Record<string, string>} shown
 * @property {{fact: string, label: string}[]} missing
 * @property {Way[]} ways
 * @property {{name: string, shared: boolean, says: string | null}[]} materials
 * @property {{name: string, department: string, time: string, where: string | null}[]} steps
 * @property {{says: string, on: string | null, counting: string} | null} deadline
 * @property {string | null} apply_at
 * @property {string | null} fulfilment
 * @property {string[]} cautions
 * @property {{title: string, says: string, source: string}[]} sections
 * @property {{id: string, title: string}[]} replaced_by
 */
/**
 * An event of the log with its payload.
 * @typedef {object} Told
 * @property {number} seq
 * @property {string} at
 * @property {"person" | "assistant" | "staff" | "system"} author
 * @property {string} kind message, reply, question, form, result, notice, remembered, feedback, rating, done
 * @property {string} [text]
 * @property {string} [key]
 * @property {number} [to]
 * @property {string[]} [masked]
 * @property {[string, string][] | FormField[] | string} [fields] Of a message what was filled in, of a form what it asks.
 * @property {string} [flow]
 * @property {string} [title]
 * @property {"ask" | "confirm" | "change"} [purpose]
 * @property {string} [progress]
 * @property {string} [policy]
 * @property {"met" | "not_met" | "unknown" | ""} [verdict]
 * @property {string} [sentence]
 * @property {Outcome} [result]
 * @property {[string, string, string][]} [answers] Name, label, as shown.
 * @property {[string, string][]} [sheet] Fields of the page that prints.
 * @property {string} [note]
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
 * @property {number | string} [on] Of feedback the reply, of a result the day.
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
