// The menu and the filters on small screens, menus that close when one clicks elsewhere, printing, going back.
const menu = document.getElementById("menu");
const toggle = document.querySelector("[data-menu-toggle]");

const showMenu = (shown) => {
  document.body.classList.toggle("menu-shown", shown);
  toggle.setAttribute("aria-expanded", String(shown));
  if (shown) {
    menu.querySelector("a")?.focus();
  } else {
    toggle.focus();
  }
};

if (menu && toggle) {
  toggle.addEventListener("click", () => showMenu(!document.body.classList.contains("menu-shown")));
  document.querySelector("[data-menu-shade]")?.addEventListener("click", () => showMenu(false));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  if (document.body.classList.contains("menu-shown")) {
    showMenu(false);
  }
  const open = document.activeElement?.closest("details[data-dropdown][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details[data-dropdown][open]")) {
    if (!open.contains(event.target)) {
      open.open = false;
    }
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
  if (event.target.closest("[data-back]") && window.history.length > 1) {
    event.preventDefault();
    window.history.back();
  }
});

if (window.matchMedia("(max-width: 767.98px)").matches) {
  for (const filters of document.querySelectorAll("details[data-fold-small]")) {
    filters.open = false;
  }
}

// The key “/” leads to the search box, unless something is being typed.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-search-box]");
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box) {
    return;
  }
  event.preventDefault();
  box.focus();
  box.select();
});

// Large type is kept for a year in a cookie, so that the next page comes large at once.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-large-type]");
  if (!button) {
    return;
  }
  const large = document.documentElement.classList.toggle("large-type");
  button.setAttribute("aria-pressed", String(large));
  document.cookie = `large_type=${large ? "1" : "0"}; path=/; max-age=31536000; samesite=lax`;
});

// A table that scrolls sideways can be reached, and scrolled, by keyboard.
function reachable() {
  for (const table of document.querySelectorAll(".plain-table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}
reachable();
addEventListener("resize", reachable);
