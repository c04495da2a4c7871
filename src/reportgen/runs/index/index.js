// Sorting and searching; without this the page is whole, in the order of importance.
"use strict";
const table = document.querySelector("table.index");
const body = table.tBodies[0];
const asIssued = [...body.rows];
const heads = [...table.tHead.rows[0].cells];
const chooser = document.getElementById("sort");
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

// What a cell sorts by; undefined for n/a and blanks, which stand last either way
function keyOf(row, column) {
  const cell = row.cells[column];
  if (cell.dataset.number !== undefined) return Number(cell.dataset.number);
  const text = cell.textContent.trim();
  return text === "" || text === "n/a" ? undefined : text;
}

function inOrder(column, way) {
  const keyed = asIssued.map(row => [keyOf(row, column), row]);
  keyed.sort(([one], [other]) => {
    if (one === undefined || other === undefined)
      return (one === undefined) - (other === undefined);
    const numbers = typeof one === "number" && typeof other === "number";
    return way * (numbers ? one - other : collator.compare(one, other));
  });
  return keyed.map(([, row]) => row);
}

// A column is sorted in its first way, then in the other, then as the index was issued
function sortBy(column) {
  const head = heads[column];
  const first = head.classList.contains("number") ? "descending" : "ascending";
  const second = first === "ascending" ? "descending" : "ascending";
  const now = head.getAttribute("aria-sort");
  show(column, now === first ? second : now === second ? "" : first);
}

function show(column, way) {
  for (const head of heads) head.removeAttribute("aria-sort");
  if (way) heads[column].setAttribute("aria-sort", way);
  body.append(...(way ? inOrder(column, way === "ascending" ? 1 : -1) : asIssued));
  chooser.value = way ? String(column) : "";
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.addEventListener("click", () => sortBy(column));
  head.replaceChildren(button);
  chooser.add(new Option(button.textContent, String(column)));
});
chooser.addEventListener("change", () => {
  for (const head of heads) head.removeAttribute("aria-sort");
  if (chooser.value === "") show(0, "");
  else sortBy(Number(chooser.value));
});

const searched = [...document.querySelectorAll("table.searched > tbody > tr")];
const texts = searched.map(row => row.textContent.toLowerCase());
const field = document.getElementById("search");
const found = document.getElementById("found");
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  searched.forEach((row, at) => {
    row.hidden = !words.every(word => texts[at].includes(word));
  });
  const left = asIssued.filter(row => !row.hidden).length;
  found.textContent = words.length ? `${left} of ${asIssued.length} companies` : "";
});

for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
