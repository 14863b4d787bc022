// @ts-check
/**
 * One line on any page: <script src="https://…/launcher.js" data-region="青禾市" async></script>
 * A button, and behind it the chat in a frame that is loaded when it is first opened.
 */
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script || document.querySelector("xiaoer-chat")) return;
  const given = script.dataset;
  const server = new URL(script.src).origin;
  const side = given.position === "left" ? "left" : "right";
  const colour = /^#?[0-9a-f]{6}$/i.test(given.color ?? "") ? `#${given.color?.replace("#", "")}` : "#0b6b53";
  const title = given.title ?? "小二，政策服务助手";

  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const linear = (/** @type {number} */ part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const ink = luminance > 0.183 ? "#10201a" : "#ffffff";

  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host { all: initial; }
    button {
      position: fixed; bottom: calc(1.25rem + env(safe-area-inset-bottom)); ${side}: 1.25rem; z-index: 2147483000;
      display: flex; align-items: center; gap: .5rem; min-height: 3.5rem; padding: 0 1.25rem; border: 0; border-radius: 2rem;
      font: 600 1rem/1.2 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; cursor: pointer;
      color: ${ink}; background: ${colour}; box-shadow: 0 .25rem 1rem rgb(0 0 0 / .28);
    }
    button:focus-visible { outline: 3px solid ${ink}; outline-offset: -6px; }
    button[aria-expanded=true] span { display: none; }
    button.news::after { content: ""; position: absolute; top: .1rem; right: .3rem; width: .9rem; height: .9rem; border-radius: 50%; background: #d93025; border: 2px solid #fff; }
    svg { width: 1.6rem; height: 1.6rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    iframe {
      position: fixed; bottom: calc(5.5rem + env(safe-area-inset-bottom)); ${side}: 1.25rem; z-index: 2147483000;
      width: 25rem; height: min(42rem, calc(100dvh - 7rem)); max-width: calc(100vw - 2.5rem);
      border: 0; border-radius: 1rem; background: #fff; box-shadow: 0 .5rem 2.5rem rgb(0 0 0 / .3);
    }
    [hidden] { display: none; }
    @media (max-width: 30rem) {
      iframe { inset: 0; width: 100vw; max-width: none; height: 100dvh; border-radius: 0; }
      button[aria-expanded=true] { display: none; }
    }
    @media print { button, iframe { display: none; } }
  `);

  const host = document.createElement("xiaoer-chat");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles];
  const button = document.createElement("button");
  const label = document.createElement("span");
  label.textContent = given.label ?? "问小二";
  button.type = "button";
  button.append(drawing("M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9h8M8 13h5"), label);
  button.setAttribute("aria-expanded", "false");
  root.append(button);
  /** @type {HTMLIFrameElement | null} */
  let frame = null;

  function drawing(/** @type {string} */ lines) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", lines);
    made.setAttribute("viewBox", "0 0 24 24");
    made.setAttribute("aria-hidden", "true");
    made.append(path);
    return made;
  }

  function load() {
    const address = new URL("/widget", server);
    const asked = { color: colour, theme: given.theme, region: given.region, title };
    for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
    const made = document.createElement("iframe");
    made.title = title;
    made.allow = "clipboard-write";
    made.src = address.href;
    root.prepend(made);
    return made;
  }

  function show(/** @type {boolean} */ isOpen, takesFocus = true) {
    if (isOpen) frame ??= load();
    if (frame) frame.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", isOpen ? "关闭小二" : `${label.textContent}：${title}`);
    button.classList.remove("news");
    if (takesFocus) (isOpen ? frame : button)?.focus();
  }

  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  addEventListener("message", (event) => {
    if (!frame || event.origin !== server || event.source !== frame.contentWindow) return;
    if (event.data?.xiaoer === "close") show(false);
    if (event.data?.xiaoer === "news" && frame.hidden) button.classList.add("news");
  });
  button.setAttribute("aria-label", `${label.textContent}：${title}`);
  const place = () => {
    document.body.append(host);
    if (given.open !== undefined) show(true, false);
  };
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
