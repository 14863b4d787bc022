// @ts-check
/** The few icons of the chat, drawn as SVG nodes; they carry no meaning of their own. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} */
const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  history: "M12 7.500v5l3 2M4.500 9a8 8 0 1 1-.400 5M4 4v5h5",
  down: "M12 5v14M5 12l7 7 7-7",
  place: "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.500C5 14.800 12 21 12 21zM12 12.300a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6",
  add: "M12 5v14M5 12h14",
  copy: "M9 9h10v11H9zM5 15V4h10",
  up: "M7 11v9H4v-9zM7 11l4-7c1.500 0 2.500 1 2.500 2.500V9H19a1.500 1.500 0 0 1 1.500 1.800l-1.300 7A2.500 2.500 0 0 1 16.700 20H7",
  thumbdown: "M7 13V4H4v9zM7 13l4 7c1.500 0 2.500-1 2.500-2.500V15H19a1.500 1.500 0 0 0 1.500-1.800l-1.300-7A2.500 2.500 0 0 0 16.700 4H7",
  memory: "M5 4h11l3 3v13H5zM9 9h6M9 13h6M9 17h4",
  text: "M4 19L9 6l5 13M5.800 14.500h6.400M16 19l3-8 3 8M17 16.500h4",
  moon: "M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500z",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  print: "M7 8V4h10v4M7 17H4v-8h16v8h-3M7 14h10v6H7z",
  star: "M12 4l2.500 5.200 5.700.8-4.100 4 1 5.700L12 17l-5.100 2.700 1-5.700-4.100-4 5.700-.8z",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5",
  check: "M5 12.500l4.500 4.500L19 7.500",
  document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  calculator: "M6 3h12v18H6zM9 7h6M9 12h.010M12 12h.010M15 12h.010M9 16h.010M12 16h.010M15 16h.010",
  megaphone: "M4 10v4h3l8 4V6L7 10zM18 9.500a3.500 3.500 0 0 1 0 5",
  window: "M4 20V9l8-5 8 5v11M9 20v-6h6v6",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.010",
  question: "M9 9a3 3 0 1 1 4.700 2.500c-1.100.8-1.700 1.400-1.700 2.700M12 18h.010",
  minus: "M6 12h12",
  open: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

/** @param {string} name */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(path);
  return drawing;
}
