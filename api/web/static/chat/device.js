// @ts-check
/**
 * What this device keeps: number, token and title of its conversations, and how the page looks.
 * Words of a conversation are never kept here, but for messages that are not sent yet and a form that is half filled
 * in, in this tab.
 */

/** @typedef {{id: string, token: string, title: string, at: string}} Kept */
/** @typedef {{key: string, text: string, fields: Record<string, string>}} Unsent */

const CONVERSATIONS = "xiaoer.conversations";
const KEEPING = "xiaoer.keeps";
const CURRENT = "xiaoer.current";
const UNSENT = "xiaoer.unsent";
const DRAFTS = "xiaoer.drafts";
const LOOKS = "xiaoer.looks";
const MOST = 30;

/** Storage may be switched off, full, or closed to a frame; then things last as long as the page. */
class Store {
  /** @type {Map<string, string>} */
  #memory = new Map();

  /** @param {() => Storage} storage */
  constructor(storage) {
    this.storage = storage;
  }

  /** @template T @param {string} name @param {T} otherwise @returns {T} */
  read(name, otherwise) {
    try {
      const text = this.storage().getItem(name);
      return text === null ? otherwise : JSON.parse(text);
    } catch {
      const text = this.#memory.get(name);
      return text === undefined ? otherwise : JSON.parse(text);
    }
  }

  /** @param {string} name @param {unknown} value */
  write(name, value) {
    const text = JSON.stringify(value);
    try {
      this.storage().setItem(name, text);
    } catch {
      this.#memory.set(name, text);
    }
  }
}

const long = new Store(() => localStorage);
const tab = new Store(() => sessionStorage);

export const keeps = () => long.read(KEEPING, true);

/** @returns {Kept[]} Newest first. */
export function conversations() {
  return keeps() ? long.read(CONVERSATIONS, /** @type {Kept[]} */ ([])) : [];
}

/** Switched off, what was kept is forgotten at once. @param {boolean} on */
export function keep(on) {
  long.write(KEEPING, on);
  if (!on) long.write(CONVERSATIONS, []);
}

/** @param {Kept} one */
export function note(one) {
  tab.write(CURRENT, one);
  if (!keeps()) return;
  const others = conversations().filter((known) => known.id !== one.id);
  long.write(CONVERSATIONS, [one, ...others].slice(0, MOST));
}

/** @param {string} id */
export function drop(id) {
  long.write(CONVERSATIONS, conversations().filter((known) => known.id !== id));
  if (tab.read(CURRENT, /** @type {Kept | null} */ (null))?.id === id) tab.write(CURRENT, null);
  keepDrafts(id, []);
}

/** The conversation of this tab; in a new tab the newest of the device. @returns {Kept | null} */
export function current() {
  const here = tab.read(CURRENT, /** @type {Kept | null | undefined} */ (undefined));
  if (here === undefined) return conversations()[0] ?? null;
  return here && (conversations().find((known) => known.id === here.id) ?? here);
}

/** The next message begins a new conversation. */
export function leave() {
  tab.write(CURRENT, null);
}

/** @param {string} id @returns {Unsent[]} */
export const unsent = (id) => tab.read(UNSENT, /** @type {Record<string, Unsent[]>} */ ({}))[id] ?? [];

/** @param {string} id @param {Unsent[]} messages */
export const noteUnsent = (id, messages) => tab.write(UNSENT, messages.length ? { [id]: messages } : {});

/** Answers that were begun, of one conversation by question. @typedef {{id: string, answers: Record<string, string>}} Drafts */

/** @param {string} id @returns {Record<string, string>} */
function drafts(id) {
  const kept = tab.read(DRAFTS, /** @type {Drafts | null} */ (null));
  return kept?.id === id ? kept.answers : {};
}

/** @param {string} id @param {string} name */
export const draft = (id, name) => drafts(id)[name] ?? "";

/** @param {string} id @param {string} name @param {string} value */
export const noteDraft = (id, name, value) => tab.write(DRAFTS, { id, answers: { ...drafts(id), [name]: value } });

/** Of these questions alone. @param {string} id @param {string[]} names */
export function keepDrafts(id, names) {
  const begun = Object.entries(drafts(id));
  const left = begun.filter(([name]) => names.includes(name));
  if (left.length < begun.length) tab.write(DRAFTS, { id, answers: Object.fromEntries(left) });
}

/** @typedef {{large: boolean, theme: "" | "light" | "dark"}} Looks */

/** @returns {Looks} */
export const looks = () => long.read(LOOKS, { large: false, theme: "" });

/** @param {Looks} chosen */
export const noteLooks = (chosen) => long.write(LOOKS, chosen);
