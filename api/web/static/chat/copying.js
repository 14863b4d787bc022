// @ts-check
/** Words to the clipboard; words of the assistant take the notice of their origin along. */

import { element } from "../dom.js";
import { toast } from "./dialogs.js";

export const AI_NOTICE = "内容由人工智能生成，仅供参考";

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyOldWay(text); // without HTTPS, or in a frame that may not
  }
  toast("已复制");
}

/** @param {string} text */
function copyOldWay(text) {
  const field = /** @type {HTMLTextAreaElement} */ (element("textarea", { class: "away", "aria-hidden": "true", tabindex: "-1" }));
  field.value = text;
  const place = document.querySelector("dialog[open]") ?? document.body;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  place.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  focused?.focus();
}

/** Whatever is selected inside words of the assistant is copied with the notice. */
export function markCopies() {
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    const from = selection?.anchorNode?.parentElement?.closest("[data-origin=ai]");
    const to = selection?.focusNode?.parentElement?.closest("[data-origin=ai]");
    if (!selection || !event.clipboardData || !(from ?? to)) return;
    const note = /** @type {HTMLElement} */ (from ?? to).dataset.note;
    event.clipboardData.setData("text/plain", `${selection}\n\n${note ? `${note}。` : ""}（${AI_NOTICE}）`);
    event.preventDefault();
  });
}
