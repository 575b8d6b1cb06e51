// Ledgers: rows by keyboard, “/” for the search box, ticks for bulk moves, the order of columns, copying the address.
// Nothing here is needed: every form works without it.

const table = document.querySelector("table[data-ledger]");
const typing = (element) => element?.closest("input, select, textarea, [contenteditable]") !== null;

const rowLinks = () => [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("th a, td a")).filter(Boolean);

const moveTo = (step) => {
  const links = rowLinks();
  const row = document.activeElement?.closest("tbody tr");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = links[at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step];
  next?.focus();
  next?.closest("tr").scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
    return;
  }
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.closest("details")?.setAttribute("open", "");
      search.focus();
      search.select();
    }
  }
  const inTable = table && (document.activeElement === document.body || document.activeElement?.closest(".ledger-scroll"));
  if (inTable && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    moveTo(event.key === "ArrowDown" ? 1 : -1);
  }
});

// Ticks: the head ticks the page, the bar says how many.
const ticks = () => [...document.querySelectorAll("input.tick[name=row]:not(:disabled)")];
const whole = document.querySelector("[data-whole]");
const page = document.querySelector("[data-tick-page]");

const showTicks = () => {
  const all = ticks();
  const ticked = all.filter((tick) => tick.checked);
  all.forEach((tick) => tick.closest("tr").classList.toggle("ticked", tick.checked));
  if (page) {
    page.checked = all.length > 0 && ticked.length === all.length;
    page.indeterminate = ticked.length > 0 && ticked.length < all.length;
  }
  for (const place of document.querySelectorAll("[data-ticked]")) {
    place.textContent = ticked.length ? `(${ticked.length})` : "";
  }
};

if (page) {
  page.hidden = false;
  page.addEventListener("change", () => {
    ticks().forEach((tick) => { tick.checked = page.checked; });
    showTicks();
  });
}
document.addEventListener("change", (event) => {
  if (event.target.matches("input.tick[name=row]")) {
    if (whole) {
      whole.checked = false;
    }
    showTicks();
  }
});
window.addEventListener("pageshow", showTicks);

// The order of the columns: the boxes are sent in the order in which they stand.
document.querySelectorAll(".column-moves").forEach((moves) => { moves.hidden = false; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-column-up], [data-column-down]");
  if (button) {
    const item = button.closest("li");
    const other = button.hasAttribute("data-column-up") ? item.previousElementSibling : item.nextElementSibling;
    if (other && other !== item.parentElement.firstElementChild) {
      other[button.hasAttribute("data-column-up") ? "before" : "after"](item);
      button.focus();
    }
  }
});

// The address of this list, to be sent to a colleague.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.said;
  });
}
