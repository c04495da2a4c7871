// Tables whose class is "sortable" can be sorted by each column, and those with a "data-search"
// searched, which is what the field says. Without script they stand as they were written.
(() => {
  "use strict";
  const make = (name, settings) => Object.assign(document.createElement(name), settings);
  const plain = (cell) => cell.dataset.sort ?? cell.textContent.trim();
  // "USD 1,234.50", "-3.6%" and "20.77x" are numbers; a day, a name or n/a is not
  const number = (text) => {
    const found = /^(-?)(?:[A-Z]{3} )?([+-]?[\d,]*\.?\d+)(?:%|x| m)?$/.exec(text);
    return found ? Number(found[1] + found[2].replaceAll(",", "")) : NaN;
  };
  const compare = (one, other) => {
    const [a, b] = [number(one), number(other)];
    if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
    return one < other ? -1 : Number(one > other);
  };
  const missing = (text) => text === "" || text === "n/a";

  const sort = (table, column, descending) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [row, plain(row.cells[column])]);
    rows.sort(([, one], [, other]) => {
      if (missing(one) || missing(other)) return Number(missing(one)) - Number(missing(other));
      return descending ? compare(other, one) : compare(one, other);
    });
    body.append(...rows.map(([row]) => row));
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button", className: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const isNumber = head.classList.contains("number");
        const descending = before ? before === "ascending" : isNumber;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, column, descending);
      });
    });
  }

  for (const table of document.querySelectorAll("table[data-search]")) {
    const field = make("input", { type: "search", className: "search", autocomplete: "off" });
    field.placeholder = table.dataset.search;
    field.setAttribute("aria-label", table.dataset.search);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
    table.parentElement.before(field);
  }
})();
