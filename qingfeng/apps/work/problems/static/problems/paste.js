// Rows pasted from Excel or WPS into a formset (data-paste-columns: [[box, label, [heads]], …]). What was understood is
// shown first; columns are known by their head, else by what stands in them; what does not fit is said at its row.
const MOST_LETTERS = 100000;
const SHOWN = 3;
const DAY = /^(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*[日号]?$/;
const NUMBER = /^[¥￥]?[\d,，.．０-９]+(元|万元|人|名|户)?$/;

const words = document.querySelector("[data-paste-words]")?.dataset ?? {};
const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`%${name}`, value), words[key] ?? "");

// Cells as Excel copies them: tabs between, a cell with line breaks in quotes.
const cellsOf = (text) => {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const row = rows[rows.length - 1];
    const cell = row.length - 1;
    if (quoted) {
      if (letter === '"' && text[at + 1] === '"') {
        row[cell] += '"';
        at += 1;
      } else if (letter === '"') {
        quoted = false;
      } else {
        row[cell] += letter;
      }
    } else if (letter === '"' && row[cell] === "") {
      quoted = true;
    } else if (letter === "\t") {
      row.push("");
    } else if (letter === "\n") {
      rows.push([""]);
    } else if (letter !== "\r") {
      row[cell] += letter;
    }
  }
  return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ""));
};

const plain = (text) => text.replace(/[\s*：:]/g, "").replace(/[（(][^（）()]*[）)]$/, "");

const byHead = (row, columns) =>
  row.map((cell) => columns.find(([, label, heads]) => plain(cell) === label || heads.includes(plain(cell)))?.[0] ?? "");

const share = (cells, test) => {
  const filled = cells.filter((cell) => cell !== "");
  return filled.length > 0 && filled.filter(test).length / filled.length;
};

const optionFor = (options, cell) => {
  const bare = plain(cell).replace(/^\d+[.、．]?/, "");
  return options.find((option) => option.value && (option.text === cell || plain(option.text).replace(/^\d+[.、．]?/, "") === bare));
};

// Without heads: a column of running numbers is left out, the longest words are the problem, the rest by their look.
const byLook = (rows, columns, optionsOf) => {
  const known = new Set(columns.map(([box]) => box));
  const found = Array(Math.max(...rows.map((row) => row.length))).fill("");
  const cells = found.map((_, column) => rows.map((row) => row[column] ?? ""));
  const give = (column, box) => {
    if (known.has(box) && !found.includes(box)) {
      found[column] = box;
    }
  };
  const letters = cells.map((column) => column.join("").length);
  give(letters.indexOf(Math.max(...letters)), "text");
  cells.forEach((column, place) => {
    if (found[place] || column.every((cell, row) => cell === String(row + 1))) {
      return;
    }
    if (share(column, (cell) => DAY.test(cell)) > 0.5) {
      give(place, "due_date");
    } else if (share(column, (cell) => optionFor(optionsOf("category"), cell)) > 0.5) {
      give(place, "category");
    } else if (share(column, (cell) => NUMBER.test(cell)) > 0.5) {
      give(place, share(column, (cell) => /[人名户]$/.test(cell)) > 0.5 ? "people_affected" : "sum_involved");
    } else if (share(column, (cell) => /^[\u4e00-\u9fff·]{2,4}$/.test(cell)) > 0.7) {
      give(place, "responsible_name");
    }
  });
  return found;
};

const dayOf = (text) => {
  const parts = text.match(DAY)?.slice(1).map(Number);
  if (!parts) {
    return "";
  }
  const day = new Date(Date.UTC(parts[0], parts[1] - 1, parts[2]));
  return day.getUTCMonth() === parts[1] - 1 && day.getUTCDate() === parts[2] ? day.toISOString().slice(0, 10) : "";
};

const boxIn = (row, name) => row.querySelector(`[name$="-${name}"]`);

// Puts a cell into its box; answers what is wrong with it, or nothing.
const fill = (box, label, cell) => {
  if (cell === "") {
    return "";
  }
  if (box.tagName === "SELECT") {
    const option = optionFor([...box.options], cell);
    box.value = option ? option.value : box.value;
    return option ? "" : say("unknown", { l: label, c: cell });
  }
  if (box.type === "date") {
    const day = dayOf(cell);
    box.value = day || box.value;
    return day ? "" : say("noDay", { l: label, c: cell });
  }
  box.value = cell;
  return "";
};

const isEmpty = (row) => boxIn(row, "text").value.trim() === "";

const noteAt = (row, faults) => {
  const place = row.querySelector("[data-row-notes]");
  place?.replaceChildren(
    ...faults.map((fault) => {
      const line = document.createElement("p");
      line.className = "field-error";
      line.textContent = fault;
      return line;
    }),
  );
  const more = row.querySelector("details");
  if (more && faults.length) {
    more.open = true;
  }
};

// The rows go in from `row` on, into empty ones first; answers how many had no room.
const takeIn = (set, row, rows, boxes, columns) => {
  const { add, live } = globalThis.entryRows;
  const labels = Object.fromEntries(columns);
  let here = row;
  let faults = 0;
  for (let number = 0; number < rows.length; number += 1) {
    while (here && !isEmpty(here)) {
      const all = live(set);
      here = all[all.indexOf(here) + 1];
    }
    here = here ?? add(set);
    if (!here) {
      return { left: rows.length - number, faults };
    }
    const wrong = boxes.map((box, column) => (box ? fill(boxIn(here, box), labels[box], rows[number][column] ?? "") : "")).filter(Boolean);
    faults += wrong.length;
    noteAt(here, wrong);
    if (boxes.some((box, column) => box && box !== "text" && rows[number][column]) && here.querySelector("details")) {
      here.querySelector("details").open = true;
    }
    if (isEmpty(here)) {
      here = live(set)[live(set).indexOf(here) + 1] ?? null;
    }
  }
  return { left: 0, faults };
};

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
};

const stripOf = (set) => {
  set.querySelector("[data-paste-strip]")?.remove();
  const strip = element("div", { class: "paste-strip", "data-paste-strip": "", role: "group", "aria-live": "polite" });
  set.querySelector("[data-rows]").before(strip);
  return strip;
};

const choiceOf = (columns, chosen, number) => {
  const select = element("select", { class: "form-select", "aria-label": say("column", { n: number + 1 }) });
  select.append(element("option", { value: "" }, say("leave")));
  columns.forEach(([box, label]) => select.append(element("option", { value: box }, label)));
  select.value = chosen;
  return select;
};

const tableOf = (rows, selects) => {
  const head = element("tr", {}, ...selects.map((select) => element("th", { scope: "col" }, select)));
  const body = rows.slice(0, SHOWN).map((row) =>
    element("tr", {}, ...selects.map((_, column) => element("td", {}, element("span", { class: "clip" }, row[column] ?? "")))));
  return element("div", { class: "paste-table" }, element("table", { class: "plain-table" }, element("thead", {}, head), element("tbody", {}, ...body)));
};

const finished = (set, strip, rows, result) => {
  const line = say("done", { n: rows.length - result.left });
  const rest = result.left ? say("noRoom", { n: result.left, m: globalThis.entryRows.most(set) }) : "";
  const wrong = result.faults ? say("faults", { n: result.faults }) : "";
  strip.replaceChildren(element("p", {}, line + rest + wrong));
  set.dispatchEvent(new Event("input", { bubbles: true }));
};

const offer = (set, row, rows, guessed, columns) => {
  const strip = stripOf(set);
  const selects = guessed.map((box, number) => choiceOf(columns, box, number));
  const take = element("button", { type: "button", class: "btn btn-sm btn-primary" }, say("take", { n: rows.length }));
  const leave = element("button", { type: "button", class: "btn btn-sm btn-link" }, say("drop"));
  const back = () => boxIn(row, "text").focus();
  take.addEventListener("click", () => {
    const result = takeIn(set, row, rows, selects.map((select) => select.value), columns);
    finished(set, strip, rows, result);
    back();
  });
  leave.addEventListener("click", () => {
    strip.remove();
    back();
  });
  strip.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leave.click();
    }
  });
  strip.append(element("p", {}, say("understood", { n: rows.length })), tableOf(rows, selects), element("p", { class: "paste-verbs" }, take, leave));
  take.focus();
};

const read = (set, row, text) => {
  const columns = JSON.parse(set.dataset.pasteColumns);
  const cells = cellsOf(text);
  const width = Math.max(...cells.map((line) => line.length));
  const heads = byHead(cells[0], columns);
  const named = heads.filter(Boolean).length;
  const hasHead = named >= 2 || (named === 1 && cells[0].filter(Boolean).length === 1);
  const rows = hasHead ? cells.slice(1) : cells;
  if (!rows.length) {
    return;
  }
  const optionsOf = (box) => [...(boxIn(row, box)?.options ?? [])];
  const guessed = hasHead ? heads : byLook(rows, columns, optionsOf);
  offer(set, row, rows, Array.from({ length: width }, (_, column) => guessed[column] ?? ""), columns);
};

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-paste-rows]");
  const set = field?.closest("[data-paste-columns]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!set) {
    return;
  }
  if (text.length > MOST_LETTERS) {
    event.preventDefault();
    stripOf(set).append(element("p", { class: "field-error" }, say("tooLong", { n: text.length, m: MOST_LETTERS })));
    return;
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const fromTable = text.includes("\t") || (event.clipboardData.getData("text/html") || "").includes("<table");
  if (fromTable && (lines.length > 1 || text.includes("\t"))) {
    event.preventDefault();
    read(set, field.closest("[data-row]"), text);
  }
});
