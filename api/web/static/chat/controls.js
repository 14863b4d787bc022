// @ts-check
/** The control of one question, by its type: how its answer is read, and how an answer is put into it. */

import { element } from "../dom.js";
import { button } from "./dialogs.js";

/** @typedef {import("./shapes.js").FormField} FormField */
/**
 * @typedef {object} Control
 * @property {HTMLElement} node
 * @property {() => string} read Nothing given: "".
 * @property {(value: string) => void} put
 * @property {() => void} focus
 */
/** @typedef {{id: string, about: string, onChange: () => void, chooseRegion: (choose: (code: string, name: string) => void) => void}} Setting */

export const UNKNOWN = "不知道";
/** Tapped, not typed. */
const TAPPED = new Set(["yes_no", "choice"]);
const YES_NO = ["是", "否"];
const FIGURE = /^[\d.,]+$/;
const WITH_UNIT = /^([\d.,]+)\s*(\D*)$/;

/** Names of places by code, as far as they were chosen or are known. @type {Map<string, string>} */
export const placeNames = new Map();

/** @param {FormField} field */
export const isTapped = (field) => TAPPED.has(field.type);

/** @param {FormField} field */
export const optionsOf = (field) => (field.type === "yes_no" ? YES_NO : field.options ?? []);

/** Full-width figures are figures. @param {string} text */
const plain = (text) => text.normalize("NFKC").trim();

/** @param {FormField} field @returns {string[]} The first one is meant where only a figure is written. */
function unitsOf({ type, unit }) {
  if (type === "money") return ["元", "万元"];
  if (type === "ratio") return ["%"];
  if (type === "period") return (unit || "月") === "月" ? ["个月", "年"] : [unit ?? ""];
  return type === "whole" && unit ? [unit] : [];
}

/** An answer as people write it. @param {FormField} field @param {string} value */
export function shownValue({ type, unit }, value) {
  const day = type === "date" && /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (day) return `${day[1]}年${Number(day[2])}月${Number(day[3])}日`;
  if (type === "region") return placeNames.get(value) ?? value;
  if (!FIGURE.test(value)) return value;
  if (type === "money") return `${value}元`;
  if (type === "period") return `${value}${(unit || "月") === "月" ? "个月" : unit}`;
  return type === "whole" && unit ? `${value} ${unit}` : value;
}

/** @param {FormField} field @param {Setting} setting @returns {Control} */
export function control(field, setting) {
  if (isTapped(field)) return radios(field, setting);
  return withUnknown(field.type === "region" ? place(field, setting) : figure(field, setting), setting);
}

/** @param {FormField} field @param {Setting} setting @returns {Control} */
function radios(field, { id, onChange }) {
  const notes = field.notes ?? [];
  const inputs = [...optionsOf(field), UNKNOWN].map((option) => /** @type {HTMLInputElement} */ (element("input", { type: "radio", name: id, value: option })));
  const rows = inputs.map((input, row) => {
    const words = element("span", {}, input.value, ...(notes[row] ? [element("small", {}, notes[row])] : []));
    return element("label", { class: input.value === UNKNOWN ? "tap quiet" : "tap" }, input, words);
  });
  const node = element("div", { class: field.type === "yes_no" ? "taps side-by-side" : "taps" }, ...rows);
  node.addEventListener("change", onChange);
  return {
    node,
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    put: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
  };
}

/** @type {Record<string, string>} */
const EXAMPLES = { money: "如 80000", ratio: "如 1.5", whole: "如 3", period: "如 6" };
/** Figures without a fraction. */
const WHOLE = new Set(["whole", "period"]);

/** @param {FormField} field @returns {Record<string, string>} */
function kindOf({ type }) {
  if (type === "date") return { type, min: "1949-01-01", max: "2100-12-31" };
  return { type: "text", maxlength: "60", inputmode: WHOLE.has(type) ? "numeric" : "decimal", placeholder: EXAMPLES[type] ?? "" };
}

/** @param {FormField} field @param {Setting} setting @returns {Control} */
function figure(field, { id, about, onChange }) {
  const isDay = field.type === "date";
  const units = unitsOf(field);
  const input = /** @type {HTMLInputElement} */ (element("input", { ...kindOf(field), id, autocomplete: "off", "aria-label": field.label, "aria-describedby": about }));
  const node = element("div", { class: "figure" }, input);
  const unit = units.length > 1 ? unitSelect(field, units) : null;
  if (unit) node.append(unit);
  else if (units[0]) node.append(element("span", {}, units[0]));
  node.addEventListener("input", onChange);
  const suffix = () => unit?.value ?? (field.type === "whole" ? "" : units[0] ?? "");
  return {
    node,
    read: () => (FIGURE.test(plain(input.value)) && !isDay ? plain(input.value) + suffix() : plain(input.value)),
    put: (value) => {
      const [, number, word] = (!isDay && WITH_UNIT.exec(plain(value))) || [];
      const known = units.includes(word) || !word;
      input.value = number && known ? number : value;
      if (unit) unit.value = number && word && known ? word : units[0];
    },
    focus: () => input.focus(),
  };
}

/** @param {FormField} field @param {string[]} units */
function unitSelect(field, units) {
  const made = element("select", { "aria-label": `${field.label}的单位` }, ...units.map((one) => element("option", { value: one }, one)));
  return /** @type {HTMLSelectElement} */ (made);
}

/** @param {FormField} field @param {Setting} setting @returns {Control} */
function place(field, { id, about, onChange, chooseRegion }) {
  let code = "";
  const words = element("span", {});
  const press = () => chooseRegion((chosen, name) => {
    placeNames.set(chosen, name);
    put(chosen);
    node.dispatchEvent(new Event("input"));
  });
  const made = button("", press, { id, class: "pick-place", "aria-haspopup": "dialog", "aria-describedby": about }, "place");
  made.querySelector("span")?.replaceWith(words);
  /** @param {string} value */
  const put = (value) => {
    code = value;
    words.textContent = value ? placeNames.get(value) ?? value : "选择地区";
    made.setAttribute("aria-label", `${field.label}：${value ? words.textContent : "还没有选，点开选择"}`);
  };
  put("");
  const node = element("div", { class: "figure" }, made);
  node.addEventListener("input", onChange);
  return { node, read: () => code, put, focus: () => made.focus() };
}

/** A box to say that one does not know; it and the figure exclude each other. @param {Control} inner @param {Setting} setting @returns {Control} */
function withUnknown(inner, { onChange }) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
  const row = element("label", { class: "tap quiet" }, box, element("span", {}, UNKNOWN));
  box.addEventListener("change", () => {
    if (box.checked) inner.put("");
    onChange();
  });
  inner.node.addEventListener("input", () => (box.checked = false), true); // before anybody reads the answer
  return {
    node: element("div", { class: "typed" }, inner.node, row),
    read: () => (box.checked ? UNKNOWN : inner.read()),
    put: (value) => {
      box.checked = value === UNKNOWN;
      inner.put(box.checked ? "" : value);
    },
    focus: inner.focus,
  };
}
