// @ts-check
/** What opens from the menu: history, memory, region, appeal, rating, export, deletion, looks. */

import { element } from "../dom.js";
import { regions } from "./calls.js";
import { button, confirmed, dialog, iconButton, toast } from "./dialogs.js";
import * as device from "./device.js";
import { copy } from "./copying.js";
import { GRADES } from "./messages.js";
import { clock } from "./words.js";

/** @typedef {import("./calls.js").Calls} Calls */
/** @typedef {import("./shapes.js").Region} Region */
/** @typedef {import("./shapes.js").Fact} Fact */

const REASONS = ["答非所问", "依据不对", "看不懂", "不是我这里的规定", "规定过时了", "太啰嗦"];
const COUNTRY = "100000";

/** @type {Promise<Region[]> | null} */
let known = null;

/** All places, asked for once. @returns {Promise<Region[]>} */
export function held() {
  known ??= regions().catch((error) => {
    known = null;
    throw error;
  });
  return known;
}

/** A failure in words, where it happened. @param {unknown} error */
export const tell = (error) => toast(error instanceof Error ? error.message : "出错了，请再试一次。");

/** @param {string} label @param {HTMLElement} field */
function labelled(label, field) {
  return element("label", { class: "field" }, element("span", {}, label), field);
}

/** @param {string} chosen @returns {Promise<HTMLSelectElement>} */
async function regionSelect(chosen) {
  const all = (await held()).filter((one) => one.code !== COUNTRY);
  const options = all.map((one) => element("option", { value: one.code, ...(one.code === chosen ? { selected: "" } : {}) }, one.full_name));
  return /** @type {HTMLSelectElement} */ (element("select", {}, element("option", { value: "" }, "请选择"), ...options));
}

/** @param {(region: Region) => void} choose */
export async function chooseRegion(choose) {
  try {
    const all = (await held()).filter((one) => one.code !== COUNTRY);
    dialog("您在哪里？", (close) => {
      const list = element("ul", { class: "picker" });
      const filter = /** @type {HTMLInputElement} */ (element("input", { type: "search", autocomplete: "off" }));
      const show = () => list.replaceChildren(...all.filter((one) => one.full_name.includes(filter.value.trim())).map(row));
      /** @param {Region} one */
      const row = (one) => {
        const pick = () => {
          close();
          choose(one);
        };
        return element("li", {}, button(one.full_name, pick, { class: "pick" }, "place"));
      };
      filter.addEventListener("input", show);
      show();
      const hint = element("p", { class: "hint" }, "各地规定不同，选了才能按当地的回答。只为这段对话记住，随时可以改。");
      return [hint, ...(all.length > 8 ? [labelled("找地区", filter)] : []), list];
    });
  } catch (error) {
    tell(error);
  }
}

/** @param {Calls | null} calls @param {() => void} changed */
export async function openMemory(calls, changed) {
  try {
    const facts = calls ? await calls.memory() : [];
    dialog("小二记住了什么", (close) => {
      const purpose = element("p", { class: "hint" }, "只用来在这段对话里按您的情况回答，不用于别的。都可以改，也可以忘记；删除对话时一并删除。");
      if (!calls || !facts.length) return [purpose, element("p", {}, "现在什么也没有记。")];
      const reopen = () => {
        close();
        changed();
        void openMemory(calls, changed);
      };
      const forgetAll = () => calls.forget("").then(reopen, tell);
      const list = element("ul", { class: "facts-list" }, ...facts.map((fact) => factNode(fact, calls, reopen)));
      return [purpose, list, button("全部忘记", () => void forgetAll(), { class: "danger" }, "bin")];
    });
  } catch (error) {
    tell(error);
  }
}

/** @param {Fact} fact @param {Calls} calls @param {() => void} changed */
function factNode(fact, calls, changed) {
  const edit = async () => {
    const field = fact.key === "region" ? await regionSelect(fact.value) : /** @type {HTMLInputElement} */ (element("input", { maxlength: "60", value: fact.value || fact.shown }));
    const save = () => void (field.value.trim() && calls.remember(fact.key, field.value.trim()).then(changed, tell));
    node.replaceChildren(labelled(fact.label, field), button("保存", save, { class: "primary" }));
    field.focus();
  };
  const forget = () => calls.forget(fact.key).then(changed, tell);
  const words = element("span", {}, element("strong", {}, fact.label), `　${fact.shown}`);
  const node = element("li", {}, words, button("修改", () => void edit().catch(tell), { class: "small", "aria-label": `修改${fact.label}` }));
  node.append(button("忘记", () => void forget(), { class: "small", "aria-label": `忘记${fact.label}` }));
  return node;
}

/** @param {(kept: device.Kept) => void} open @param {string} currentId */
export function openHistory(open, currentId) {
  dialog("这台设备上的对话", (close) => {
    const list = element("ul", { class: "history" });
    /** @param {device.Kept} one */
    const row = (one) => {
      const pick = () => {
        close();
        open(one);
      };
      const label = button(one.title || "新对话", pick, { class: "pick", ...(one.id === currentId ? { "aria-current": "true" } : {}) });
      label.append(element("small", {}, clock(one.at)));
      const remove = () => {
        device.drop(one.id);
        show();
      };
      return element("li", {}, label, iconButton(`从列表移除“${one.title || "新对话"}”`, "close", remove));
    };
    const show = () => {
      const all = device.conversations();
      list.replaceChildren(...all.map(row));
      if (!all.length) list.append(element("li", { class: "hint" }, device.keeps() ? "还没有对话。" : "没有保存。"));
    };
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", ...(device.keeps() ? { checked: "" } : {}) }));
    box.addEventListener("change", () => {
      device.keep(box.checked);
      show();
    });
    show();
    const hint = "只在这台设备上记对话的编号和标题，内容不存在这里。多人共用的电脑，请关掉。从列表移除并不删除对话。";
    return [element("p", { class: "hint" }, hint), list, element("label", { class: "check" }, box, "在这台设备上保留对话列表")];
  });
}

/** @param {(text: string, fields: Record<string, string>) => void} say @param {string} region */
export async function openAppeal(say, region) {
  const select = await regionSelect(region).catch(() => null);
  dialog("提交诉求", (close) => {
    const what = /** @type {HTMLTextAreaElement} */ (element("textarea", { rows: "5", maxlength: "1500", required: "" }));
    const wish = /** @type {HTMLTextAreaElement} */ (element("textarea", { rows: "2", maxlength: "400" }));
    const form = element("form", { class: "form", novalidate: "" });
    const trouble = element("p", { class: "failure", role: "alert", hidden: "" }, "请先写下遇到了什么问题。");
    const steps = element("p", { class: "hint" }, "这里还不能网上提交：小二帮您写成草稿，您复制下来打 12345 登记。不必写姓名、证件号和电话。");
    form.append(steps, labelled("遇到了什么问题", what), trouble, labelled("希望怎么解决（可不填）", wish));
    if (select) form.append(labelled("在哪里（可不填）", select));
    form.append(element("div", { class: "row" }, button("取消", close), element("button", { type: "submit", class: "primary" }, "生成草稿")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      trouble.hidden = Boolean(what.value.trim());
      what.setAttribute("aria-invalid", String(!trouble.hidden));
      if (!trouble.hidden) return what.focus();
      close();
      const where = select?.value ? select.selectedOptions[0].text : "";
      const fields = { 问题: what.value.trim(), 希望: wish.value.trim(), 地区: where };
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
      say(`我要提交诉求：${fields.问题}${fields.希望 ? `\n希望：${fields.希望}` : ""}`, given);
    });
    return [form];
  });
}

/** @param {(reason: string) => void} send */
export function askReason(send) {
  dialog("哪里没帮到您？", (close) => {
    const words = /** @type {HTMLInputElement} */ (element("input", { maxlength: "200", autocomplete: "off" }));
    /** @param {string} reason */
    const done = (reason) => {
      close();
      send(reason);
    };
    const chips = REASONS.map((reason) => button(reason, () => done(reason), { class: "choice" }));
    return [
      element("div", { class: "choices" }, ...chips),
      labelled("或者写一句（可不填）", words),
      element("div", { class: "row" }, button("不说明原因", () => done("")), button("提交", () => done(words.value.trim()), { class: "primary" })),
    ];
  });
}

/** @param {Calls} calls @param {() => void} done */
export function openRating(calls, done) {
  dialog("给这次服务评价", (close) => {
    const form = element("form", { class: "form", novalidate: "" });
    const grades = [...GRADES].reverse().map((words, row) => {
      const input = element("input", { type: "radio", name: "grade", value: String(5 - row) });
      return element("label", { class: "check" }, input, words);
    });
    const words = element("textarea", { rows: "2", maxlength: "500", name: "words" });
    const trouble = element("p", { class: "failure", role: "alert", hidden: "" }, "请先选一项。");
    form.append(element("fieldset", {}, element("legend", {}, "您对这次服务满意吗？"), ...grades), trouble, labelled("想说的话（可不填）", words));
    form.append(element("p", { class: "hint" }, "每段对话评价一次，评价后不能修改。"));
    form.append(element("div", { class: "row" }, button("以后再说", close), element("button", { type: "submit", class: "primary" }, "提交评价")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(/** @type {HTMLFormElement} */ (form));
      const grade = Number(given.get("grade"));
      trouble.hidden = grade > 0;
      if (!grade) return;
      close();
      calls.rate(grade, String(given.get("words") ?? "").trim()).then(done, tell);
    });
    return [form];
  });
}

/** @param {Calls} calls @param {string} name */
export async function exportTalk(calls, name) {
  try {
    const address = URL.createObjectURL(await calls.export());
    const link = element("a", { href: address, download: `小二对话-${name}.txt` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    toast("已导出，文件里带有人工智能生成的说明。");
  } catch (error) {
    tell(error);
  }
}

/** @param {Calls} calls @param {() => void} gone */
export function deleteTalk(calls, gone) {
  const text = "服务器上的内容会真正删除，不能恢复，给出的评价也一起删除。";
  confirmed("删除这段对话？", text, "删除", () => {
    calls.delete().then((receipt) => {
      gone();
      dialog("已删除", (close) => {
        const words = `回执编号：${receipt.receipt}\n删除时间：${new Date(receipt.deleted_at).toLocaleString("zh-CN")}\n删除记录：${receipt.events} 条`;
        const buttons = element("div", { class: "row" }, button("复制回执", () => void copy(words), {}, "copy"), button("好", close, { class: "primary" }));
        return [element("p", { class: "receipt" }, words), element("p", { class: "hint" }, "回执是这段对话已经删除的凭证，请自己留好；这里没有按编号查询的页面。"), buttons];
      });
    }, tell);
  });
}
