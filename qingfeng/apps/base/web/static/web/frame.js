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
