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

const renumberAll = (set) => {
  const rows = [...set.querySelectorAll("[data-row]")];
  rows.forEach((row, index) => renumber(row, set.dataset.formset, index));
  set.querySelector("input[name$=-TOTAL_FORMS]").value = String(rows.length);
  showNumbers(set);
};

const told = (set, row) => {
  set.dispatchEvent(new CustomEvent("row-added", { bubbles: true, detail: { row } }));
  set.dispatchEvent(new Event("input", { bubbles: true }));
};

const mostRows = (set) => Number(set.querySelector("input[name$=-MAX_NUM_FORMS]")?.value ?? 1000);

// A new empty row at the end, or after `before`; none beyond the most that the server takes.
const addRow = (set, before = null) => {
  if (liveRows(set).length >= mostRows(set)) {
    return null;
  }
  const row = set.querySelector("template[data-empty-row]").content.firstElementChild.cloneNode(true);
  const number = set.querySelectorAll("[data-row]").length;
  renumber(row, set.dataset.formset, number);
  if (before) {
    before.after(row);
    renumberAll(set);
  } else {
    set.querySelector("[data-rows]").append(row);
    set.querySelector("input[name$=-TOTAL_FORMS]").value = String(number + 1);
    showNumbers(set);
  }
  row.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  told(set, row);
  return row;
};

const boxesOf = (row) => [...row.querySelectorAll("textarea, select, input:not([type=hidden]):not([type=file])")];

// The same words in a row of its own, right after it.
const duplicateRow = (row) => {
  const made = addRow(row.closest("[data-formset]"), row);
  if (made) {
    const from = boxesOf(row);
    boxesOf(made).forEach((box, index) => {
      box.value = from[index].value;
      box.checked = from[index].checked;
    });
  }
};

const moveRow = (row, step) => {
  const set = row.closest("[data-formset]");
  const rows = liveRows(set);
  const other = rows[rows.indexOf(row) + step];
  if (!other) {
    return;
  }
  const focused = document.activeElement;
  if (step < 0) {
    other.before(row);
  } else {
    other.after(row);
  }
  renumberAll(set);
  told(set, row);
  (row.contains(focused) ? focused : row.querySelector("textarea, input"))?.focus();
};

globalThis.entryRows = { add: addRow, live: liveRows, most: mostRows };

// A row that the server has not seen goes away; one that it knows is hidden and marked for deletion.
const removeRow = (row) => {
  const set = row.closest("[data-formset]");
  const mark = row.querySelector("input[name$=-DELETE]");
  if (mark) {
    mark.checked = true;
    mark.value = "on";
    row.hidden = true;
  } else {
    const next = liveRows(set)[liveRows(set).indexOf(row) + 1] ?? liveRows(set)[liveRows(set).indexOf(row) - 1];
    row.remove();
    renumberAll(set);
    (next?.querySelector("textarea, input:not([type=hidden])") ?? set.querySelector("[data-add-row]"))?.focus();
    set.dispatchEvent(new Event("input", { bubbles: true }));
  }
  showNumbers(set);
};

document.addEventListener("click", (event) => {
  const on = (mark) => event.target.closest(`[${mark}]`);
  const row = event.target.closest("[data-row]");
  if (on("data-add-row")) {
    addRow(event.target.closest("[data-formset]"));
  } else if (row && on("data-remove-row")) {
    removeRow(row);
  } else if (row && on("data-copy-row")) {
    duplicateRow(row);
  } else if (row && on("data-row-up")) {
    moveRow(row, -1);
  } else if (row && on("data-row-down")) {
    moveRow(row, 1);
  }
});

// A button with data-fill="box name" writes its data-value there: the last values, offered.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const box = button?.closest("form")?.elements[button.dataset.fill];
  if (box) {
    box.value = button.dataset.value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }
});

// Keys of an entry form (data-keys): Enter goes on to the next box, Ctrl+Enter sends, Alt+N, Alt+C, Alt+arrows for rows.
const nextBox = (box) => {
  const boxes = [...box.form.querySelectorAll("input:not([type=hidden]), select, textarea, button[type=submit]")];
  const shown = boxes.filter((other) => other.getClientRects().length > 0);
  shown[shown.indexOf(box) + 1]?.focus();
};

const rowKey = (event, form) => {
  const row = event.target.closest("[data-row]");
  const key = event.key.toLowerCase();
  if (event.code === "KeyN") {
    addRow(event.target.closest("[data-formset]") ?? form.querySelector("[data-formset]"));
  } else if (row && event.code === "KeyC") {
    duplicateRow(row);
  } else if (row && (key === "arrowup" || key === "arrowdown")) {
    moveRow(row, key === "arrowup" ? -1 : 1);
  } else {
    return;
  }
  event.preventDefault();
};

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-keys]");
  if (!form || event.isComposing) {
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[type=submit]"));
  } else if (event.key === "Enter" && event.target.matches("input:not([type=file]):not([type=submit]), select")) {
    event.preventDefault();
    nextBox(event.target);
  } else if (event.altKey && !event.ctrlKey && !event.shiftKey) {
    rowKey(event, form);
  }
});

// A box for several names (data-several) is offered the list anew after each 、.
document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.matches?.("input[data-several][list]") || event.inputType === "insertReplacementText") {
    return;
  }
  const source = document.getElementById(box.dataset.several || (box.dataset.several = box.getAttribute("list")));
  let offered = document.getElementById(`${box.id}_several`);
  if (!offered) {
    offered = document.createElement("datalist");
    offered.id = `${box.id}_several`;
    box.after(offered);
  }
  const before = box.value.slice(0, box.value.search(/[^、，,]*$/));
  const chosen = new Set(before.split(/[、，,]/));
  offered.replaceChildren(
    ...[...source.options].filter((option) => !chosen.has(option.value)).slice(0, 200).map((option) => {
      const copy = option.cloneNode(true);
      copy.value = before + option.value;
      return copy;
    }),
  );
  box.setAttribute("list", before ? offered.id : source.id);
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
    if (touched && !kept.dataset.saved) {
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

// A long list to choose from gets a box in which a few letters narrow it; the first that fits is chosen.
const LONG_LIST = 15;

const narrow = (select, text) => {
  const wanted = text.trim().toLowerCase();
  const fits = [...select.options].filter((option) => {
    option.hidden = Boolean(wanted) && option.value !== "" && !option.text.toLowerCase().includes(wanted);
    return wanted && option.value !== "" && !option.hidden;
  });
  if (wanted && fits.length && !fits.includes(select.selectedOptions[0])) {
    select.value = fits[0].value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
};

const pickWords = document.querySelector("[data-pick-words]")?.dataset.pickWords;
for (const select of document.querySelectorAll("main form .field select:not([multiple])")) {
  if (pickWords && select.options.length > LONG_LIST && !select.closest("[data-phone-form], .filter-bar")) {
    const box = document.createElement("input");
    box.type = "search";
    box.className = "form-control pick";
    box.placeholder = pickWords;
    box.autocomplete = "off";
    box.setAttribute("aria-label", `${select.labels[0]?.textContent.trim() ?? ""} ${pickWords}`.trim());
    box.addEventListener("input", () => narrow(select, box.value));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "ArrowDown") {
        event.preventDefault();
        select.focus();
      }
    });
    select.before(box);
  }
}
