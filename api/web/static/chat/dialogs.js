// @ts-check
/** Panels over the chat: the browser keeps the focus inside and gives it back. */

import { element } from "../dom.js";
import { icon } from "./icons.js";

/**
 * A button with words, and an icon before them.
 * @param {string} label @param {() => void} press @param {Record<string, string>} [attributes] @param {string} [drawn]
 */
export function button(label, press, attributes = {}, drawn = "") {
  const made = /** @type {HTMLButtonElement} */ (element("button", { type: "button", ...attributes }));
  if (drawn) made.append(icon(drawn));
  made.append(element("span", {}, label));
  made.addEventListener("click", press);
  return made;
}

/** @param {string} label @param {string} drawn @param {() => void} press @param {Record<string, string>} [attributes] */
export function iconButton(label, drawn, press, attributes = {}) {
  const all = { type: "button", "aria-label": label, title: label, ...attributes, class: `plain ${attributes.class ?? ""}` };
  const made = /** @type {HTMLButtonElement} */ (element("button", all, icon(drawn)));
  made.addEventListener("click", press);
  return made;
}

/**
 * Opens at once; what it returns closes it.
 * @param {string} title @param {(close: () => void) => (Node | string)[]} content
 * @param {{side?: boolean}} [options] side: along the edge of the window, where there is room.
 */
export function dialog(title, content, { side = false } = {}) {
  const close = () => made.close();
  const heading = element("h2", { tabindex: "-1", autofocus: "" }, title);
  const top = element("header", {}, heading, iconButton("关闭", "close", () => close()));
  const made = /** @type {HTMLDialogElement} */ (element("dialog", { class: side ? "side-panel" : "box", "aria-label": title }, top));
  made.append(element("div", { class: "inside" }, ...content(close)));
  made.addEventListener("close", () => made.remove());
  made.addEventListener("click", (event) => event.target === made && close());
  document.body.append(made);
  made.showModal();
  return close;
}

/** @param {string} title @param {string} text @param {string} yes @param {() => void} act */
export function confirmed(title, text, yes, act) {
  dialog(title, (close) => {
    const agree = () => {
      close();
      act();
    };
    const buttons = element("div", { class: "row" }, button("取消", close), button(yes, agree, { class: "danger" }));
    return [element("p", {}, text), buttons];
  });
}

/** A line at the foot of the window that goes by itself; it is read out. @param {string} text */
export function toast(text) {
  document.querySelector(".toast")?.remove();
  const made = element("p", { class: "toast", role: "status" });
  const shown = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  shown.append(made);
  setTimeout(() => (made.textContent = text), 30); // a status that is there before its words is read out
  setTimeout(() => made.remove(), 2_500);
}
