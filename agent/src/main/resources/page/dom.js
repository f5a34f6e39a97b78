// Elements in one expression: element("p", { class: "quiet" }, "text", child).

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value != null) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/** A table that scrolls by itself on a narrow screen. Columns: { title, words, cell(row) }. */
export function table(caption, columns, rows) {
  const align = (column) => ({ class: column.words ? "words" : null });
  const head = element("tr", {}, ...columns.map((c) => element("th", { scope: "col", ...align(c) }, c.title)));
  const body = rows.map((row) => element("tr", {}, ...columns.map((c) => element("td", align(c), c.cell(row)))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}
