// Entry pages: rows that can be added and taken away, sending once only, and a warning before typed words are lost.

// A formset: <div data-formset="prefix"> with <div data-rows>, a <template data-empty-row> and [data-add-row].
const renumber = (row, prefix, number) => {
  const pattern = new RegExp(`${prefix}-(?:\\d+|__prefix__)-`, "g");
  for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      if (element.hasAttribute(name)) {
        element.setAttribute(name, element.getAttribute(name).replace(pattern, `${prefix}-${number}-`));
      }
    }
  }
};

const liveRows = (set) => [...set.querySelectorAll("[data-row]")].filter((row) => !row.hidden);

const showNumbers = (set) => {
  liveRows(set).forEach((row, index) => {
    for (const place of row.querySelectorAll("[data-row-number]")) {
      place.textContent = String(index + 1);
    }
  });
};

const addRow = (set) => {
  const total = set.querySelector("input[name$=-TOTAL_FORMS]");
  const row = set.querySelector("template[data-empty-row]").content.firstElementChild.cloneNode(true);
  renumber(row, set.dataset.formset, Number(total.value));
  set.querySelector("[data-rows]").append(row);
  total.value = String(Number(total.value) + 1);
  showNumbers(set);
  row.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  set.dispatchEvent(new CustomEvent("row-added", { bubbles: true, detail: { row } }));
  return row;
};

// A row that the server has not seen goes away; one that it knows is hidden and marked for deletion.
const removeRow = (row) => {
  const set = row.closest("[data-formset]");
  const mark = row.querySelector("input[name$=-DELETE]");
  if (mark) {
    mark.checked = true;
    mark.value = "on";
    row.hidden = true;
  } else {
    const total = set.querySelector("input[name$=-TOTAL_FORMS]");
    row.remove();
    [...set.querySelectorAll("[data-row]")].forEach((other, index) => renumber(other, set.dataset.formset, index));
    total.value = String(Number(total.value) - 1);
  }
  showNumbers(set);
};

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  const remove = event.target.closest("[data-remove-row]");
  if (add) {
    addRow(add.closest("[data-formset]"));
  }
  if (remove) {
    removeRow(remove.closest("[data-row]"));
  }
});

// Several lines pasted from Excel into a field marked data-paste-rows fill as many rows, column by column.
document.addEventListener("paste", (event) => {
  const field = event.target.closest("[data-paste-rows]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const lines = text.replace(/\r/g, "").split("\n").filter((line) => line.trim() !== "");
  const fromTable = text.includes("\t") || (event.clipboardData?.getData("text/html") ?? "").includes("<table");
  if (!field || !fromTable || (lines.length < 2 && !text.includes("\t"))) {
    return;
  }
  event.preventDefault();
  const set = field.closest("[data-formset]");
  let row = field.closest("[data-row]");
  const start = [...row.querySelectorAll("[data-paste-rows]")].indexOf(field);
  lines.slice(0, 200).forEach((line, number) => {
    row = number === 0 ? row : liveRows(set)[liveRows(set).indexOf(row) + 1] ?? addRow(set);
    const fields = [...row.querySelectorAll("[data-paste-rows]")].slice(start);
    line.split("\t").forEach((value, place) => {
      if (fields[place]) {
        fields[place].value = value.trim();
      }
    });
  });
});

// Sent once: a second click does nothing, and the button says that it is on its way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("data-many")) {
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => {
      button.setAttribute("aria-disabled", "true");
    });
  }
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// Leaving an entry page with words typed and not sent.
const kept = document.querySelector("form[data-keep]");
if (kept) {
  let touched = false;
  kept.addEventListener("input", () => { touched = true; });
  kept.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => {
    if (touched) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
}

// A select marked data-go sends its form at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-go]")) {
    event.target.form.requestSubmit();
  }
});

// The names of chosen files are said below the control.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file][data-say]")) {
    const place = document.getElementById(input.dataset.say);
    const sizes = [...input.files].map((file) => `${file.name} (${(file.size / 1048576).toFixed(1)} MB)`);
    place.textContent = sizes.join("；");
  }
});

// The error summary takes the focus, so that it is read first.
document.querySelector("[data-error-summary]")?.focus();
