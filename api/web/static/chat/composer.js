// @ts-check
/** Where the person writes: grows with the words, Enter sends, Shift+Enter begins a line. */

import { byId } from "../dom.js";

const COUNT_FROM = 0.8;

export class Composer {
  form = /** @type {HTMLFormElement} */ (byId("composer"));
  field = /** @type {HTMLTextAreaElement} */ (byId("words"));
  counter = byId("counter");

  /** @param {number} longest @param {(text: string) => void} say */
  constructor(longest, say) {
    this.longest = longest;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(say);
    });
    this.field.addEventListener("input", () => this.#measure());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
  }

  /** @param {(text: string) => void} say */
  #submit(say) {
    const text = this.field.value.trim();
    if (!text || [...text].length > this.longest) {
      this.#measure(true);
      this.field.focus();
      return;
    }
    this.fill("");
    say(text);
  }

  /** @param {string} text */
  fill(text) {
    this.field.value = text;
    this.#measure();
  }

  #measure(isSending = false) {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, innerHeight * 0.35)}px`;
    const length = [...this.field.value.trim()].length;
    const isOver = length > this.longest;
    const over = `超出 ${length - this.longest} 个字，最多 ${this.longest} 个字`;
    this.counter.hidden = length < this.longest * COUNT_FROM && !(isSending && !length);
    this.counter.textContent = isOver ? over : length ? `${length} / ${this.longest} 个字` : "请先写下您的问题。";
    this.counter.classList.toggle("over", isOver || (isSending && !length));
    this.field.setAttribute("aria-invalid", String(isOver));
  }
}
