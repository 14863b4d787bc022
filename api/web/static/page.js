// @ts-check
/**
 * The ask page: asks without loading the page anew, and builds the answer from DOM nodes.
 * Everything that comes from outside becomes text; nothing is parsed as HTML.
 */

/**
 * @typedef {{document: string, title: string, doc_number: string | null, clause: string, quote: string, region: string,
 *   effective_from: string | null, effective_to: string | null, in_force: boolean, why: string, clause_id: string}} Source
 * @typedef {{answer: string, answered: boolean, region: string, on: string, sources: Source[], notices: string[]}} Answer
 * @typedef {{question: string, region: string | null, on: string | null}} Ask
 */

const REGION_KEY = "xiaoer.region";
const PATIENCE_MS = 60_000;
const SHORTEST_MARK = 2;
const CITATION = /^\s*\[(\d+)\]《/;
/** A line of which nothing is left once the quote is taken out. */
const EMPTIED = /^\s*(?:\d+\. “”|答：)?\s*$/;
const OFFLINE = "连不上服务器，请检查网络后再试。";
const TOO_SLOW = "等了一分钟还没有结果，请稍后再试。";

/** A mistake whose message is for the reader. */
class Told extends Error {}

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

const form = /** @type {HTMLFormElement} */ (byId("ask"));
const question = /** @type {HTMLTextAreaElement} */ (byId("question"));
const region = /** @type {HTMLSelectElement} */ (byId("region"));
const on = /** @type {HTMLInputElement} */ (byId("on"));
const send = /** @type {HTMLButtonElement} */ (byId("send"));
const [counter, empty, loading, trouble, troubleText, retry, answer] =
  ["counter", "empty", "loading", "trouble", "trouble-text", "retry", "answer"].map((id) => byId(id));
const longest = Number(form.dataset.longest);

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Length of the longest run of letters and digits from `start` that occurs in the question. */
function sharedRun(/** @type {string} */ text, /** @type {number} */ start, /** @type {string} */ asked) {
  let length = 0;
  while (start + length < text.length && /[\p{L}\p{N}]/u.test(text[start + length])) {
    if (!asked.includes(text.slice(start, start + length + 1).toLowerCase())) break;
    length += 1;
  }
  return length;
}

/** The text as nodes, with the words that stand in the question, too, marked. wording.py does the same. */
function marked(/** @type {string} */ text, /** @type {string} */ asked) {
  /** @type {(Node | string)[]} */
  const pieces = [];
  let plain = 0;
  for (let at = 0; at < text.length; ) {
    const length = sharedRun(text, at, asked.toLowerCase());
    if (length < SHORTEST_MARK) {
      at += 1;
      continue;
    }
    if (plain < at) pieces.push(text.slice(plain, at));
    pieces.push(element("mark", {}, text.slice(at, at + length)));
    plain = at += length;
  }
  if (plain < text.length) pieces.push(text.slice(plain));
  return pieces;
}

/** What the answer says beside the quotes and citations that are shown as sources. wording.py does the same. */
function lead(/** @type {Answer} */ found) {
  let text = found.answer;
  for (const { quote } of found.sources) text = quote ? text.split(quote).join("") : text;
  const said = text.split("\n").filter((line) => !EMPTIED.test(line) && !CITATION.test(line));
  return said.join("\n").trim();
}

/** What the citation of this source says is 待核. wording.py does the same. */
function pending(/** @type {Answer} */ found, /** @type {number} */ row) {
  const line = found.answer.split("\n").find((one) => Number(CITATION.exec(one)?.[1]) === row + 1) ?? "";
  return [...line.matchAll(/，([^，｜]{2,8}待核)/g)].map((match) => match[1]);
}

function clauseLink(/** @type {Source} */ source, /** @type {string} */ day) {
  const path = source.clause_id.slice(source.clause_id.indexOf("/") + 1);
  const asOf = day === form.dataset.today ? "" : `?on=${encodeURIComponent(day)}`;
  return `/documents/${encodeURIComponent(source.document)}${asOf}#${encodeURIComponent(path)}`;
}

function dates(/** @type {Source} */ source) {
  const start = source.effective_from ? `${source.effective_from} 起施行` : "施行日期待核";
  return source.effective_to ? `${start}，有效至 ${source.effective_to}` : start;
}

function fact(/** @type {string} */ name, /** @type {string} */ value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}

/** @param {Answer} found @param {number} row @param {Ask} asked */
function sourceNode(found, row, asked) {
  const source = found.sources[row];
  const link = element("a", { href: clauseLink(source, found.on) }, `《${source.title}》${source.clause}`);
  const facts = element("dl");
  if (source.doc_number) facts.append(fact("文号", source.doc_number));
  facts.append(fact("条款", source.clause), fact("适用地区", source.region));
  facts.append(fact("有效期", dates(source)), fact("为什么找到", source.why));
  const node = element("li", { class: "source" });
  node.append(element("h3", {}, element("span", { class: "number" }, String(row + 1)), " ", link));
  node.append(element("blockquote", {}, ...marked(source.quote, asked.question)));
  if (!source.in_force) node.append(element("p", { class: "badge warn" }, "这一天已经失效"));
  node.append(...pending(found, row).map((mark) => element("p", { class: "badge pending" }, mark)), facts);
  return node;
}

function show(/** @type {Answer} */ found, /** @type {Ask} */ asked) {
  const nodes = [
    element("h2", {}, found.answered ? "查到的依据" : "没有找到依据"),
    element("p", { class: "hint" }, `按 ${found.on} 在 ${found.region} 适用的规定`),
  ];
  if (found.notices.length) {
    const items = found.notices.map((notice) => element("li", {}, notice));
    nodes.push(element("ul", { class: "notices", "aria-label": "请注意" }, ...items));
  }
  if (lead(found)) nodes.push(element("p", { class: "lead" }, lead(found)));
  if (found.sources.length) {
    const sources = found.sources.map((_, row) => sourceNode(found, row, asked));
    nodes.push(element("p", { class: "excerpt" }, "以下为文件原文摘录，以主管部门解释为准。"));
    nodes.push(element("ol", { class: "sources" }, ...sources));
  }
  answer.replaceChildren(...nodes);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  answer.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

/** @param {Ask} asked @returns {Promise<Answer>} */
async function ask(asked) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  /** @type {Response} */
  let response;
  try {
    response = await fetch("/api/ask", { method: "POST", headers, body: JSON.stringify(asked), signal });
    const said = await response.json();
    if (response.ok) return said;
    throw new Told(said.detail);
  } catch (error) {
    if (error instanceof Told) throw error;
    throw new Told(signal.aborted ? TOO_SLOW : OFFLINE);
  }
}

function tell(/** @type {string} */ message, /** @type {boolean} */ canRetry) {
  troubleText.textContent = message;
  retry.hidden = !canRetry;
  trouble.hidden = false;
}

function wait(/** @type {boolean} */ waiting) {
  loading.hidden = !waiting;
  send.disabled = waiting;
  answer.setAttribute("aria-busy", String(waiting));
  if (!waiting) return;
  trouble.hidden = empty.hidden = true;
  answer.replaceChildren();
}

async function submit() {
  if (send.disabled) return;
  const text = question.value.trim();
  const length = [...text].length;
  question.setAttribute("aria-invalid", String(length === 0 || length > longest));
  if (length === 0 || length > longest) {
    tell(length ? `问题最多 ${longest} 个字，现在有 ${length} 个字，请缩短一些。` : "请先写下您的问题。", false);
    question.focus();
    return;
  }
  wait(true);
  const asked = { question: text, region: region.value || null, on: on.value || null };
  try {
    show(await ask(asked), asked);
  } catch (error) {
    tell(error instanceof Told ? error.message : "页面出错，请刷新后再试。", true);
    if (!(error instanceof Told)) throw error;
  } finally {
    wait(false);
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
if (!answer.childElementCount && trouble.hidden) recallRegion();
count();
