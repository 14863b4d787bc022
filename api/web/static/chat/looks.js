// @ts-check
/** How the page looks: dark or light, large text, and the colour of the site it stands in. */

import * as device from "./device.js";

const LEAST_CONTRAST = 4.6;

/** Relative luminance of WCAG 2.2. @param {number[]} rgb */
function luminance(rgb) {
  const [red, green, blue] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {number[]} one @param {number[]} other */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour, made darker or lighter until words in it can be read on the ground. @param {number[]} rgb @param {number[]} ground */
export function readable(rgb, ground) {
  const target = luminance(ground) > 0.5 ? 0 : 255;
  let made = rgb;
  for (let step = 0; step < 40 && contrast(made, ground) < LEAST_CONTRAST; step += 1) {
    made = made.map((part) => part + (target - part) * 0.08);
  }
  return made.map(Math.round);
}

const isDark = () => {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

/** @param {string} colour #rrggbb, or nothing for the colours of the style sheet */
function paint(colour) {
  const { style } = document.documentElement;
  for (const name of ["--accent", "--on-accent"]) style.removeProperty(name);
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)?.slice(1);
  if (!parts) return;
  const dark = isDark();
  const accent = readable(parts.map((part) => parseInt(part, 16)), dark ? [32, 40, 37] : [238, 242, 240]);
  style.setProperty("--accent", `rgb(${accent})`);
  style.setProperty("--on-accent", contrast(accent, [255, 255, 255]) >= 4.5 ? "#fff" : "#10201a");
}

/** @param {string} colour @param {string} theme What the page around it wants. */
export function applyLooks(colour, theme) {
  const chosen = device.looks();
  const root = document.documentElement;
  const wanted = chosen.theme || theme;
  if (wanted) root.dataset.theme = wanted;
  else delete root.dataset.theme;
  root.toggleAttribute("data-large", chosen.large);
  paint(colour);
}

/** @param {string} colour @param {string} theme */
export function watchLooks(colour, theme) {
  applyLooks(colour, theme);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyLooks(colour, theme));
  addEventListener("storage", () => applyLooks(colour, theme));
}

export function toggleLarge() {
  const chosen = device.looks();
  device.noteLooks({ ...chosen, large: !chosen.large });
}

export function toggleDark() {
  device.noteLooks({ ...device.looks(), theme: isDark() ? "light" : "dark" });
}
