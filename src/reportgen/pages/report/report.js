// Conveniences only: every number opens its entry without any script.
(() => {
  "use strict";
  const entries = JSON.parse(document.getElementById("data").textContent);
  const byKey = new Map(entries.map(([id, , , key]) => [key, id]));
  const make = (name, settings) => Object.assign(document.createElement(name), settings);

  // A key after # opens its entry, so that a number can be pointed at.
  const openAddressed = () => {
    let wanted = location.hash.slice(1);
    try { wanted = decodeURIComponent(wanted); } catch { return; }
    const found = document.getElementById(byKey.get(wanted) ?? "");
    if (found && found.popover) found.showPopover();
  };
  addEventListener("hashchange", openAddressed);
  openAddressed();

  // A number is found by a part of its name or key.
  const box = make("div", { id: "find" });
  const field = make("input", { type: "search", placeholder: "Find a number", autocomplete: "off" });
  field.setAttribute("aria-label", "Find a number by its name or key");
  const list = make("ul", {});
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) return;
    const fits = ([, name, , key]) => words.every((word) => `${name} ${key}`.toLowerCase().includes(word));
    for (const [id, name, value] of entries.filter(fits).slice(0, 12)) {
      const button = make("button", { type: "button", className: "n", textContent: name });
      button.setAttribute("popovertarget", id);
      const row = make("li", {});
      row.append(button, make("span", { textContent: value }));
      list.append(row);
    }
    if (!list.childElementCount) list.append(make("li", { textContent: "no number of that name" }));
  };
  field.addEventListener("input", show);
  box.append(field, list);
  document.querySelector(".masthead").after(box);
})();
