// @ts-check
/** Questions of a self-test as a form: filled in, tapped or confirmed; older ones are folded, to be read only. */

import { element } from "../dom.js";
import { choices, said } from "./bubbles.js";
import { UNKNOWN, control, isTapped, optionsOf, placeNames, shownValue } from "./controls.js";
import { button } from "./dialogs.js";
import { icon } from "./icons.js";
import { blocks } from "./words.js";

/** @typedef {import("./shapes.js").Told} Told */
/** @typedef {import("./shapes.js").FormField} FormField */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {import("./messages.js").Acts} Acts */

/** Answers to be changed: so many are asked again, more are listed. */
const MOST_ASKED = 3;
const NOT_ANSWERED = `请回答这一题，或者选“${UNKNOWN}”。`;
/** Notices after which the form waits until it is taken up again. */
const LAID_ASIDE = new Set(["stopped", "resting"]);
const RESUME = "继续自测";
/** Says in words what the button of the form says, without looking at what was filled in. */
const AS_IT_STANDS = "没错";
const CODE = /^\d{6}$/;
const ANSWERED = /已答 ?(\d+) ?题/;
const LEFT = /还有 ?(\d+) ?题/;

/** @param {Told} told */
const fieldsOf = (told) => /** @type {FormField[]} */ (told.fields ?? []);

/** @param {Told} told @param {Acts} acts */
export function formNode(told, acts) {
  const words = wordsBeside(told);
  const node = said("ai", told.at, ...(words ? [element("div", { class: "bubble" }, ...blocks(words))] : []));
  node.classList.add("form");
  node.dataset.seq = String(told.seq);
  node.lastElementChild?.append(card(told, acts), offered(told, acts));
  return node;
}

/** What the message says that the form does not say better. @param {Told} told */
function wordsBeside(told) {
  const fields = fieldsOf(told);
  const shown = new Set(fields.flatMap((field) => [field.question, `${field.label}：${field.complaint}`]));
  const isList = (/** @type {string} */ line) => told.purpose !== "ask" && fields.every((field) => line.includes(field.label));
  return (told.text ?? "").split("\n").filter((line) => !shown.has(line) && !isList(line)).join("\n");
}

/** What can be tapped beside the questions. @param {Told} told @param {Acts} acts */
function offered(told, acts) {
  const isAlone = fieldsOf(told).length === 1;
  return choices((told.choices ?? []).filter((one) => one.send !== AS_IT_STANDS && !(isAlone && one.label === UNKNOWN)), acts.say);
}

/** @param {Told} told @param {Acts} acts */
function card(told, acts) {
  const fields = fieldsOf(told);
  const id = `form-${told.seq}`;
  const made = element("form", { class: "card asking", id, novalidate: "", tabindex: "-1", "aria-labelledby": `${id}-title` });
  const title = element("h3", { id: `${id}-title` }, icon("calculator"), told.title ?? "");
  made.append(title, ...progress(told.progress ?? ""));
  const picks = told.purpose === "confirm" || (told.purpose === "change" && fields.length > MOST_ASKED);
  if (picks) made.append(...checklist(told, acts, made));
  else if (fields.length === 1 && isTapped(fields[0])) made.append(tapped(fields[0], id, acts));
  else made.append(...questions(told, acts, made));
  return made;
}

/** @param {string} words */
function progress(words) {
  if (!words) return [];
  const [done, left] = [ANSWERED, LEFT].map((pattern) => Number(pattern.exec(words)?.[1] ?? NaN));
  const line = element("p", { class: "progress" }, words);
  if (done + left > 0) line.append(element("progress", { value: String(done), max: String(done + left), "aria-hidden": "true" }));
  return [line];
}

/** A question in plain words, what helps to answer it, and what was wrong with the answer. @param {FormField} field @param {string} id */
function frame(field, id) {
  const legend = element("legend", {}, field.question || field.label);
  if (field.sensitive) legend.append(" ", element("span", { class: "badge quiet" }, "比较私密，可以不答"));
  const wrong = element("p", { class: "failure", id: `${id}-wrong`, ...(field.complaint ? {} : { hidden: "" }) }, icon("warning"), element("span", {}, field.complaint ?? ""));
  const made = element("fieldset", { class: "question", ...(isTapped(field) ? { "aria-describedby": `${id}-wrong` } : {}) }, legend, ...help(field), wrong);
  made.toggleAttribute("data-wrong", Boolean(field.complaint));
  return { made, wrong };
}

/** @param {FormField} field */
function help(field) {
  const lines = [
    ...(field.help ? [element("p", {}, field.help)] : []),
    ...(field.where ? [element("p", {}, element("strong", {}, "在哪里查："), field.where)] : []),
    ...(field.sensitive ? [element("p", {}, "只用来判断这一项；选“不知道”也能继续，结果会是“待定”。")] : []),
  ];
  if (!lines.length) return [];
  return [element("details", { class: "more" }, element("summary", {}, field.where ? "怎么填、在哪里查" : "怎么填"), ...lines)];
}

/** One question that is answered by a tap. @param {FormField} field @param {string} id @param {Acts} acts */
function tapped(field, id, acts) {
  const { made } = frame(field, id);
  const rows = [...optionsOf(field), UNKNOWN].map((option, row) => {
    const press = () => acts.answer(`${field.label}：${option}`, { [field.name]: option });
    const one = button(option, press, { class: option === UNKNOWN ? "tap quiet" : "tap", ...(option === field.value ? { "aria-pressed": "true" } : {}) });
    if (field.notes?.[row]) one.append(element("small", {}, field.notes[row]));
    return one;
  });
  made.append(element("div", { class: field.type === "yes_no" ? "taps side-by-side" : "taps" }, ...rows));
  return made;
}

/** @param {Told} told @param {Acts} acts @param {HTMLElement} form @returns {Node[]} */
function questions(told, acts, form) {
  const asked = fieldsOf(told).map((field, row) => question(field, `form-${told.seq}-${row}`, acts));
  const send = () => {
    const open = asked.filter((one) => one.complain(one.control.read() ? "" : NOT_ANSWERED));
    if (open.length) return open[0].control.focus();
    acts.answer(asked.map(({ field, control }) => `${field.label}：${shownValue(field, control.read())}`).join("；"), given(asked));
  };
  onSubmit(form, send);
  withPlaces(fieldsOf(told), acts, () => asked.forEach((one) => one.again()));
  return [...asked.map((one) => one.made), element("div", { class: "row" }, element("button", { type: "submit", class: "primary" }, "继续"))];
}

/** @param {{field: FormField, control: Control}[]} all */
const given = (all) => Object.fromEntries(all.map(({ field, control }) => [field.name, control.read()]));

/** @param {FormField} field @param {string} id @param {Acts} acts */
function question(field, id, acts) {
  const { made, wrong } = frame(field, id);
  const inner = control(field, { id: `${id}-answer`, about: `${id}-wrong`, onChange: () => {
    complain("");
    acts.drafts.note(field.name, inner.read());
  }, chooseRegion: acts.pickPlace });
  /** Whether there is anything to complain of. @param {string} words */
  const complain = (words) => {
    wrong.hidden = !words;
    /** @type {HTMLElement} */ (wrong.lastElementChild).textContent = words;
    mark(Boolean(words));
    return Boolean(words);
  };
  const mark = (/** @type {boolean} */ isWrong) => {
    made.toggleAttribute("data-wrong", isWrong);
    inner.node.querySelector("[aria-describedby]")?.setAttribute("aria-invalid", String(isWrong));
  };
  const drafted = acts.drafts.read(field.name);
  const again = () => inner.put(inner.read());
  inner.put(drafted || field.value || "");
  if (field.heard) made.append(heardIn(field));
  made.append(inner.node);
  mark(Boolean(field.complaint));
  return { field, control: inner, made, complain, again };
}

/** What nobody said just now. */
const KEPT = "这次对话里记着的";

/** @param {FormField} field */
function heardIn(field) {
  const made = element("p", { class: "hint heard" }, ...(field.heard === KEPT ? [`${KEPT}，不对就改。`] : ["听您说的：", element("q", {}, `“${field.heard}”`)]));
  if (field.rough) made.append(" ", element("span", { class: "badge warn" }, "说得不太具体，请核对"));
  return made;
}

/** Facts that were heard, or answers that may be changed: each stands as it is, is corrected or is taken out. @param {Told} told @param {Acts} acts @param {HTMLElement} form @returns {Node[]} */
function checklist(told, acts, form) {
  const isChange = told.purpose === "change";
  const rows = fieldsOf(told).map((field, row) => checked(field, `form-${told.seq}-${row}`, acts, isChange));
  const send = () => {
    const wanting = rows.filter((one) => one.isWanting());
    if (wanting.length) return;
    const kept = rows.filter((one) => one.value() && !(isChange && one.value() === one.field.value));
    const gone = rows.filter((one) => !one.value());
    const said = kept.map((one) => `${one.field.label}：${shownValue(one.field, one.value())}`);
    const lines = [kept.length ? `${isChange ? "改成" : "对的"}：${said.join("；")}` : "", gone.length ? `不对：${gone.map((one) => one.field.label).join("、")}` : ""];
    acts.answer(lines.filter(Boolean).join("。") || "都不改", Object.fromEntries(rows.map((one) => [one.field.name, one.value()])));
  };
  onSubmit(form, send);
  withPlaces(fieldsOf(told), acts, () => rows.forEach((one) => one.again()));
  const hint = isChange ? "点“改”就能改；没有动的照旧。" : "这些是从您的话里听出来的，核对一下：对的留着，不对的点“改”，或者去掉勾。";
  const go = element("button", { type: "submit", class: "primary" }, isChange ? "改好了" : "核对好了，继续");
  return [element("p", { class: "hint" }, hint), element("ul", { class: "heard-list" }, ...rows.map((one) => one.made)), element("div", { class: "row" }, go)];
}

/** @param {FormField} field @param {string} id @param {Acts} acts @param {boolean} isChange */
function checked(field, id, acts, isChange) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: `${id}-box`, checked: "" }));
  const value = element("strong", {});
  const words = element("span", {}, `${field.label}：`, value);
  const head = isChange ? element("span", { class: "check" }, words) : element("label", { class: "check", for: box.id }, box, words);
  const tools = element("div", { class: "head" }, head);
  const made = element("li", {}, tools, ...(field.heard ? [heardIn(field)] : []));
  let now = acts.drafts.read(field.name) || field.value || "";
  /** @type {ReturnType<typeof question> | null} */
  let edited = null;
  const again = () => {
    value.textContent = edited ? "" : shownValue(field, now);
    edited?.again();
  };
  const edit = button("改", () => {
    edited = question({ ...field, heard: "", value: now }, id, acts);
    made.append(edited.made);
    edit.hidden = true;
    box.checked = true;
    again();
    edited.control.focus();
  }, { class: "small", "aria-label": `改：${field.label}` });
  tools.append(edit);
  box.addEventListener("change", () => made.toggleAttribute("data-gone", !box.checked));
  if (field.complaint) edit.click();
  again();
  const isWanting = () => {
    if (!edited || !box.checked || edited.control.read()) return false;
    edited.complain(NOT_ANSWERED);
    edited.control.focus();
    return true;
  };
  const read = () => (!box.checked ? "" : edited ? edited.control.read() : now);
  return { field, made, again, isWanting, value: read };
}

/** @param {HTMLElement} form @param {() => void} send */
function onSubmit(form, send) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
}

/** Codes of places become names as soon as these are known. @param {FormField[]} fields @param {Acts} acts @param {() => void} again */
function withPlaces(fields, acts, again) {
  const isCode = fields.some(({ type, name, value }) => type === "region" && CODE.test(acts.drafts.read(name) || value || ""));
  if (!isCode) return;
  acts.places().then((all) => {
    for (const one of all) placeNames.set(one.code, one.full_name);
    again();
  }, () => {}); // the code stands, then
}

/** A form that is over, to be read only; one that is open again, to be filled in. @param {HTMLElement} node @param {Told} told @param {boolean} isOpen @param {Acts} acts */
export function settleForm(node, told, isOpen, acts) {
  const wasOpen = node.dataset.open ?? "true";
  node.dataset.open = String(isOpen);
  if (wasOpen === String(isOpen)) return;
  const stands = /** @type {HTMLElement} */ (node.querySelector(".asking, .asked"));
  const holdsFocus = stands.parentElement?.contains(document.activeElement);
  for (const row of node.querySelectorAll(".choices")) row.remove();
  if (isOpen) return stands.replaceWith(card(told, acts), offered(told, acts));
  const over = readOnly(told);
  stands.replaceWith(over);
  if (holdsFocus) over.focus({ preventScroll: true });
}

/** The form that can be filled in: the newest one that was neither answered nor followed by a result nor put aside. @param {Iterable<Told>} events */
export function openForm(events) {
  let open = /** @type {Told | null} */ (null);
  for (const told of [...events].sort((one, other) => one.seq - other.seq)) {
    if (told.kind === "form") open = told;
    else if (ends(told)) open = null;
  }
  return open;
}

/** @param {Told} told */
function ends(told) {
  if (told.kind === "message") return told.author === "person" && Object.keys(told.fields ?? {}).length > 0;
  if (told.kind === "notice") return LAID_ASIDE.has(told.code ?? "");
  return told.kind === "result" || (told.kind === "reply" && Boolean(told.choices?.some((one) => one.send === RESUME)));
}

/** @param {Told} told */
function readOnly(told) {
  const fields = fieldsOf(told);
  const rows = fields.map((field) => {
    const known = told.purpose === "confirm" && field.value ? element("span", { class: "hint" }, `（听到的：${shownValue(field, field.value)}）`) : "";
    return element("li", {}, field.question || field.label, known);
  });
  const summary = element("summary", {}, icon("calculator"), `${told.title ?? ""}：当时问的 ${fields.length} 题`);
  return element("div", { class: "asked", tabindex: "-1" }, element("details", { class: "more" }, summary, element("ul", {}, ...rows)));
}

/** What is read out of a form. @param {Told} told */
export function spokenForm(told) {
  const asked = fieldsOf(told).map((field) => `${field.question || field.label}${field.complaint ? `（${field.complaint}）` : ""}`);
  return [`小二问：${wordsBeside(told)}`, ...asked, told.progress ?? ""].filter(Boolean).join("\n");
}
