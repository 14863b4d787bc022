// @ts-check
/** Rows of a table as one reads them out, without empty cells and what is hidden; quoting.py does the same. */

/** @param {string} quote */
export function rowsAsWords(quote) {
  return quote.split("\n").map((line) => (line.includes(" | ") ? row(line) : line)).join("\n");
}

/** @param {string} line */
function row(line) {
  const cells = line.split("|").map((cell) => cell.trim());
  return cells.filter((cell) => cell && cell !== "〔未公开〕").join("；");
}
