// @ts-check
/** The ask page: asks without loading the page anew, and shows checked sentences while the answer is written. */

import { answerNodes, openingNodes } from "./answer.js";
import { Patience, Stopped, Told, ask, askStreaming } from "./asking.js";
import { byId, element } from "./dom.js";

/** @typedef {import("./asking.js").Answer} Answer */
/** @typedef {import("./asking.js").Ask} Ask */

const REGION_KEY = "xiaoer.region";

const form = /** @type {HTMLFormElement} */ (byId("ask"));
const question = /** @type {HTMLTextAreaElement} */ (byId("question"));
const region = /** @type {HTMLSelectElement} */ (byId("region"));
const on = /** @type {HTMLInputElement} */ (byId("on"));
const send = /** @type {HTMLButtonElement} */ (byId("send"));
const [counter, empty, progress, progressText, stop, trouble, troubleText, retry, answer] =
  ["counter", "empty", "progress", "progress-text", "stop", "trouble", "trouble-text", "retry", "answer"].map((id) => byId(id));
const longest = Number(form.dataset.longest);
const today = form.dataset.today ?? "";
const streams = "streams" in form.dataset;

/** The question under way. @type {Patience | null} */
let patience = null;

function bringIntoView(/** @type {HTMLElement} */ shown) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  shown.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function tell(/** @type {string} */ message, /** @type {boolean} */ canRetry) {
  troubleText.textContent = message;
  retry.hidden = !canRetry;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
}

/** How far it has come; also read out. Nothing to say: the line is gone. */
function report(/** @type {string} */ text) {
  progress.hidden = !text;
  progressText.textContent = text;
}

/** Sentences as they pass, below what must stand before them. */
class Writing {
  /** @type {string[]} */
  #notices = [];
  /** @type {HTMLElement | null} */
  #text = null;

  get hasBegun() {
    return this.#text !== null;
  }

  opening(/** @type {string[]} */ notices) {
    this.#notices = notices;
    report("正在撰写，核对一句显示一句…");
  }

  sentence(/** @type {string} */ said) {
    const isFirst = !this.#text;
    if (!this.#text || said.includes("\n")) this.#text = element("p", { class: "lead" }); // it begins with a heading
    this.#text.append(element("span", {}, said));
    answer.append(...(isFirst ? openingNodes(this.#notices) : []), this.#text);
    if (!isFirst) return;
    answer.setAttribute("aria-busy", "false"); // from here on each sentence is read out
    bringIntoView(progress);
  }

  /** What was shown stays, without the numbers of sources that will not come. */
  stopped() {
    for (const said of answer.querySelectorAll(".lead span")) said.textContent = (said.textContent ?? "").replace(/\[\d+\]/g, "");
  }

  broken() {
    report("连接中断了，正在重新取完整的回答…");
  }
}

function show(/** @type {Answer} */ found, /** @type {Writing} */ writing) {
  if (writing.hasBegun) answer.setAttribute("aria-live", "off"); // its sentences have been read out
  report(writing.hasBegun ? `回答写完了，下面列出 ${found.sources.length} 条依据。` : "");
  answer.replaceChildren(...answerNodes(found, today));
  if (!writing.hasBegun) bringIntoView(answer);
}

function fail(/** @type {unknown} */ error, /** @type {Writing} */ writing) {
  if (error instanceof Stopped) {
    writing.stopped();
    const end = writing.hasBegun ? "下面的句子都核对过，回答没有写完，也还没有列出依据。" : "还没有可以显示的句子。";
    report(`已停止：${end}再问一次可以看到完整的回答。`);
    return;
  }
  report("");
  const told = error instanceof Told ? error.message : "页面出错，请刷新后再试。";
  tell(writing.hasBegun ? `回答没有写完：${told}` : told, true);
  if (!(error instanceof Told)) throw error;
}

/** @param {Patience | null} begun */
function wait(begun) {
  patience?.close();
  patience = begun;
  const waiting = begun !== null;
  progress.classList.toggle("waiting", waiting);
  if (!waiting && document.activeElement === stop) (answer.childElementCount ? answer : question).focus({ preventScroll: true });
  stop.hidden = !waiting || !streams;
  send.disabled = waiting;
  answer.setAttribute("aria-busy", String(waiting));
  if (!waiting) return;
  trouble.hidden = empty.hidden = true;
  answer.setAttribute("aria-live", "polite");
  answer.replaceChildren();
  report("正在查找条款…");
}

async function submit() {
  if (patience) return;
  const text = question.value.trim();
  const length = [...text].length;
  question.setAttribute("aria-invalid", String(length === 0 || length > longest));
  if (length === 0 || length > longest) {
    tell(length ? `问题最多 ${longest} 个字，现在有 ${length} 个字，请缩短一些。` : "请先写下您的问题。", false);
    question.focus();
    return;
  }
  await answerTo({ question: text, region: region.value || null, on: on.value || null });
}

async function answerTo(/** @type {Ask} */ asked) {
  const writing = new Writing();
  const begun = new Patience();
  wait(begun);
  try {
    const found = await (streams ? askStreaming(asked, begun, writing) : ask(asked, begun));
    show(found, writing);
  } catch (error) {
    fail(error, writing);
  } finally {
    wait(null);
  }
}

function count() {
  const length = [...question.value.trim()].length;
  const over = length > longest;
  counter.textContent = over ? `超出 ${length - longest} 个字，最多 ${longest} 个字` : `${length} / ${longest} 个字`;
  counter.classList.toggle("over", over);
  if (!over) question.setAttribute("aria-invalid", "false");
}

function rememberRegion() {
  try {
    localStorage.setItem(REGION_KEY, region.value);
  } catch {
    // Storage may be switched off; then it is chosen again next time.
  }
}

function recallRegion() {
  try {
    const known = localStorage.getItem(REGION_KEY);
    if (known !== null && [...region.options].some((option) => option.value === known)) region.value = known;
  } catch {
    // As above.
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const example = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (example?.name === "question") question.value = example.value;
  count();
  void submit();
});
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(send);
});
question.addEventListener("input", count);
region.addEventListener("change", rememberRegion);
retry.addEventListener("click", () => void submit());
stop.addEventListener("click", () => patience?.stop());
if (!answer.childElementCount && trouble.hidden) recallRegion();
count();
