// The inspector's pages: entries are kept on the device while one types, listed, and sent by the person's own tap, each
// under a key made here, so that one sent twice is filed once. What is refused stays, with the server's sentence.
const words = document.querySelector("[data-field]").dataset;
const { unsent } = globalThis;
const SOON = 400;
const DAY = 86400000;

const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const clock = (moment) => new Date(moment).toTimeString().slice(0, 5);

const cookie = (name) =>
  document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

// What the platform knows, as it was when the phone was last on-line.
const learn = async () => {
  try {
    const response = await fetch(words.known, { redirect: "manual" });
    if (response.ok) {
      const known = { ...(await response.json()), at: Date.now() };
      if (known.user === unsent.me) {
        await unsent.keepKnown(known);
        return known;
      }
    }
  } catch {
    // off-line: as it was last
  }
  return unsent.known();
};

// The business date, counted on from the last time it was told.
const today = (known) => {
  const days = Math.floor((Date.now() - known.at) / DAY);
  return new Date(Date.parse(`${known.today}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
};

const keepPages = async () => {
  if (!("serviceWorker" in navigator)) {
    document.querySelector("[data-insecure]")?.toggleAttribute("hidden", globalThis.isSecureContext);
    return;
  }
  await navigator.serviceWorker.register(words.worker, { scope: "/" });
  await navigator.serviceWorker.ready;
  const kept = await caches.open("qingfeng-pages");
  for (const address of [words.home, words.form]) {
    const response = await fetch(address, { redirect: "manual" });
    if (response.ok) {
      await kept.put(address, response);
    }
  }
};

// Sending

const formOf = (entry) => {
  const data = new FormData();
  const rows = entry.problems;
  Object.entries({ ...entry.fields, token: entry.key }).forEach(([name, value]) => data.append(name, value));
  Object.entries({ "problems-TOTAL_FORMS": rows.length, "problems-INITIAL_FORMS": 0, "suggestions-TOTAL_FORMS": 0, "suggestions-INITIAL_FORMS": 0 })
    .forEach(([name, value]) => data.append(name, String(value)));
  rows.forEach((row, number) => {
    Object.entries({ nature: "ordinary", term: "by_date", ...row.boxes }).forEach(([name, value]) => data.append(`problems-${number}-${name}`, value));
  });
  const files = [...rows.flatMap((row, number) => row.files.map((photo) => [photo, number])), ...entry.files.map((photo) => [photo, ""])];
  files.forEach(([photo, number]) => {
    data.append("found", photo.file, photo.file.name);
    data.append("found_taken", photo.taken);
    data.append("found_row", String(number));
  });
  return data;
};

const answerTo = async (entry) => {
  try {
    const response = await fetch(words.send, {
      method: "POST",
      body: formOf(entry),
      headers: { "X-CSRFToken": cookie("csrftoken") },
      redirect: "manual",
    });
    if (response.type === "opaqueredirect") {
      return { waits: words.signedOut };
    }
    const isJson = response.headers.get("Content-Type")?.includes("json");
    if (response.status === 413) {
      return { waits: words.tooLarge };
    }
    return isJson ? await response.json() : { waits: response.status === 403 ? words.signedOut : words.failed };
  } catch {
    return { waits: navigator.onLine ? words.failed : words.offline };
  }
};

const underway = new Set();

// Answers what the server said; an entry that was filed leaves the device, any other stays.
const send = async (entry) => {
  if (underway.has(entry.key)) {
    return null;
  }
  underway.add(entry.key);
  try {
    const answer = await answerTo(entry);
    if (answer.address) {
      await unsent.remove(entry.key);
      sessionStorage.setItem("sent", JSON.stringify([...JSON.parse(sessionStorage.getItem("sent") ?? "[]"), answer]));
    } else {
      await unsent.put({ ...entry, status: answer.reasons ? "refused" : "ready", reasons: answer.reasons ?? [answer.waits] });
    }
    return answer;
  } finally {
    underway.delete(entry.key);
  }
};

// The list of what is on this device

const button = (label, act, kind = "btn-plain") => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-sm ${kind}`;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
};

const textOf = (tag, kind, text) => {
  const made = document.createElement(tag);
  made.className = kind;
  made.textContent = text;
  return made;
};

const facts = (entry) => {
  const files = entry.files.length + entry.problems.reduce((sum, row) => sum + row.files.length, 0);
  const problems = entry.problems.filter((row) => row.boxes.text?.trim()).length;
  return [words.problems.replace("%n", problems), words.files.replace("%n", files), words.saved.replace("%s", clock(entry.saved))].join(" · ");
};

const drop = async (entry) => {
  if (window.confirm(words.sure)) {
    await unsent.remove(entry.key);
    await list();
  }
};

const line = (entry) => {
  const item = document.createElement("li");
  item.className = "matter";
  const said = document.createElement("span");
  said.className = "matter-words";
  const title = textOf("a", "matter-title", entry.fields.inspected_unit || words.untitled);
  title.href = `${words.form}?key=${entry.key}`;
  said.append(title, textOf("span", "matter-of", facts(entry)));
  (entry.reasons ?? []).forEach((reason) => said.append(textOf("p", "field-error", reason)));
  const tones = { draft: "mark", ready: "mark mark-waiting", refused: "mark mark-late" };
  item.append(said, textOf("span", tones[entry.status], words[entry.status]));
  item.append(button(words.delete, () => drop(entry), "btn-link"));
  if (entry.status !== "draft") {
    item.append(button(words.sendOne, async () => {
      await send(entry);
      await list();
      await showAnew();
    }));
  }
  return item;
};

const tellSent = () => {
  const place = document.querySelector("[data-sent-words]");
  const sent = JSON.parse(sessionStorage.getItem("sent") ?? "[]");
  sessionStorage.removeItem("sent");
  if (sent.length) {
    place.hidden = false;
    sent.forEach((answer) => {
      const link = textOf("a", "", answer.number);
      link.href = answer.address;
      const [before, ...after] = answer.words.split(answer.number);
      place.append(...(after.length ? [before, link, after.join(answer.number)] : [link, " ", answer.words]), document.createElement("br"));
    });
  }
};

const list = async () => {
  const entries = await unsent.mine();
  document.querySelector("[data-on-phone]").hidden = entries.length === 0;
  document.querySelector("[data-phone-list]").replaceChildren(...entries.map(line));
  const bar = document.querySelector("[data-unsent-bar]");
  bar.hidden = entries.length === 0;
  const ready = entries.some((entry) => entry.status === "ready");
  bar.querySelector("[data-send-all]").hidden = !navigator.onLine || !ready;
  const offline = bar.querySelector("[data-offline-words]");
  offline.textContent = words.offline;
  offline.hidden = navigator.onLine || !ready;
  await unsent.tell();
  tellSent();
};

// What was planned or not yet visited before something was sent.
const showAnew = async () => {
  try {
    const response = await fetch(words.home, { redirect: "manual" });
    const fresh = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
    for (const id of ["planned", "units"]) {
      const there = fresh.getElementById(id);
      if (there) {
        document.getElementById(id)?.replaceWith(there);
      }
    }
  } catch {
    // the network went again: the page stays as it is
  }
};

const sendAll = async (event) => {
  event.target.setAttribute("aria-disabled", "true");
  for (const entry of await unsent.mine()) {
    if (entry.status === "ready") {
      await send(entry);
    }
  }
  event.target.removeAttribute("aria-disabled");
  await list();
  await showAnew();
};

const showRechecks = async () => {
  const place = document.querySelector("[data-rechecks]");
  try {
    const response = await fetch(place.dataset.rechecks, { redirect: "manual" });
    if (response.ok) {
      place.innerHTML = await response.text();
    }
  } catch {
    // off-line: the page says so already
  }
};

const home = async () => {
  document.querySelector("[data-send-all]").addEventListener("click", sendAll);
  window.addEventListener("online", () => {
    list();
    showRechecks();
  });
  window.addEventListener("offline", list);
  window.addEventListener("pageshow", list);
  showRechecks();
  await learn();
};

// The form

const page = { entry: null, form: null, timer: 0, left: false };

const option = (value, label) => {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = label;
  return made;
};

const state = (text) => { document.querySelector("[data-phone-state]").textContent = text; };

const save = async () => {
  clearTimeout(page.timer);
  for (const name of Object.keys(page.entry.fields)) {
    page.entry.fields[name] = page.form.elements[name]?.value ?? page.entry.fields[name];
  }
  try {
    await unsent.put(page.entry);
    state(words.saved.replace("%s", clock(Date.now())));
    window.history.replaceState(null, "", `${words.form}?key=${page.entry.key}`);
  } catch {
    state(words.notSaved);
  }
};

const changed = () => {
  page.entry.status = "draft";
  page.form.dataset.saved = "1";
  clearTimeout(page.timer);
  page.timer = setTimeout(save, SOON);
};

// Camera and files from one place; the list below says when each was taken.
const camera = (place, photos, label) => {
  place.append(document.querySelector("template[data-camera]").content.cloneNode(true));
  const list = place.querySelector("[data-photo-list]");
  const show = () => {
    list.replaceChildren(...photos.map((photo, number) => globalThis.photoLine(photo, () => {
      photos.splice(number, 1);
      show();
      changed();
    })));
  };
  place.querySelectorAll("input[data-take]").forEach((input, number) => {
    input.id = `take-${newKey().slice(0, 8)}`;
    input.setAttribute("aria-label", `${label} ${number + 1}`);
    input.nextElementSibling.htmlFor = input.id;
    input.addEventListener("change", async () => {
      for (const file of input.files) {
        photos.push(await globalThis.preparePhoto(file));
      }
      input.value = "";
      show();
      await save();
    });
  });
  show();
};

const numberRows = () => {
  document.querySelectorAll("[data-phone-problem]").forEach((row, number) => {
    row.querySelector("[data-number]").textContent = `${number + 1}.`;
  });
};

// A box for a column that the campaign adds: its label, and the control that its kind asks for.
const extraBox = ({ code, name, kind, choices, required }) => {
  const made = document.createElement("div");
  made.className = "field";
  const label = textOf("label", "", name);
  if (!required) {
    label.append(textOf("span", "optional", words.optional));
  }
  const box = document.createElement(kind === "choice" ? "select" : "input");
  box.className = kind === "choice" ? "form-select" : "form-control";
  box.dataset.box = code;
  box.autocomplete = "off";
  if (kind === "choice") {
    box.append(option("", words.choose), ...choices.map((choice) => option(choice, choice)));
  } else if (kind === "date") {
    box.type = "date";
  } else if (kind === "number") {
    box.inputMode = "decimal";
  } else if (kind === "unit") {
    box.setAttribute("list", "f_units");
  }
  made.append(label, box);
  return made;
};

// Those of the sheet as a whole are fields of the entry like its own.
const drawSheetExtras = (known) => {
  const place = document.querySelector("[data-sheet-extra]");
  (known.columns?.sheet ?? []).forEach((column) => {
    const made = extraBox(column);
    const box = made.querySelector("[data-box]");
    box.name = column.code;
    box.id = `f_${column.code}`;
    box.previousElementSibling.htmlFor = box.id;
    page.entry.fields[column.code] = page.entry.fields[column.code] ?? "";
    place.append(made);
  });
};

const drawRow = (row, known) => {
  const made = document.querySelector("template[data-phone-row]").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-extra]").append(...(known.columns?.problem ?? []).map(extraBox));
  made.querySelector("[data-box=category]").append(...known.categories.map(({ value, label }) => option(value, label)));
  made.querySelectorAll("[data-box]").forEach((box) => {
    box.id = `box-${newKey().slice(0, 8)}`;
    box.previousElementSibling.htmlFor = box.id;
    box.value = row.boxes[box.dataset.box] ?? "";
    box.addEventListener("input", () => { row.boxes[box.dataset.box] = box.value; });
  });
  made.querySelector("[data-drop]").addEventListener("click", () => {
    page.entry.problems.splice(page.entry.problems.indexOf(row), 1);
    made.remove();
    numberRows();
    changed();
  });
  camera(made.querySelector("[data-files]"), row.files, document.querySelector("template[data-camera]").content.querySelector("label").textContent.trim());
  document.querySelector("[data-phone-rows]").append(made);
  numberRows();
};

const offers = (place, values, name) => {
  place.append(...values.map(([label, value]) => {
    const made = button(label, () => {}, "btn-plain");
    made.dataset.fill = name;
    made.dataset.value = value;
    return made;
  }));
};

const drawKnown = (known) => {
  const { form } = page;
  form.elements.body.append(...known.bodies.map((body) => option(body.key, body.name)));
  document.querySelector("[data-several-bodies]").hidden = known.bodies.length < 2;
  document.getElementById("f_units").append(...known.units.map((unit) => option(unit.name, unit.code)));
  offers(document.querySelector("[data-contents]"), known.contents.map((text) => [text.slice(0, 16), text]), "content");
  offers(document.querySelector("[data-days]"), known.days.map(({ label, day }) => [`${label} ${day.slice(5)}`, day]), "due_date");
};

const begun = (known, code) => {
  const body = known.bodies[0];
  const day = today(known);
  const fields = {
    body: body.key,
    kind: body.is_group ? "supervision" : "self_inspection",
    filled_on: day,
    inspected_on: day,
    inspected_unit: known.units.find((unit) => unit.code === code)?.name ?? "",
    inspectors: known.inspectors,
    method: "ordinary",
    content: "",
    due_date: "",
    responsible_name: "",
  };
  return { key: newKey(), status: "draft", reasons: [], fields, problems: [{ boxes: {}, files: [] }], files: [] };
};

const showRefusal = (reasons) => {
  const place = document.querySelector("[data-refusal]");
  place.querySelector("ul").replaceChildren(...reasons.map((reason) => textOf("li", "", reason)));
  place.hidden = reasons.length === 0;
  if (reasons.length) {
    place.focus();
  }
};

const finish = async (event) => {
  event.preventDefault();
  const buttonOf = page.form.querySelector("button[type=submit]");
  if (buttonOf.getAttribute("aria-disabled")) {
    return;
  }
  buttonOf.setAttribute("aria-disabled", "true");
  page.entry.status = "ready";
  page.entry.reasons = [];
  await save();
  state(navigator.onLine ? words.sending : words.offline);
  const answer = navigator.onLine ? await send(page.entry) : { waits: words.offline };
  buttonOf.removeAttribute("aria-disabled");
  if (answer?.reasons) {
    state("");
    showRefusal(answer.reasons);
    return;
  }
  window.location.assign(words.home);
};

const draw = (known) => {
  drawKnown(known);
  drawSheetExtras(known);
  Object.entries(page.entry.fields).forEach(([name, value]) => {
    if (page.form.elements[name]) {
      page.form.elements[name].value = value;
    }
  });
  page.entry.problems.forEach((row) => drawRow(row, known));
  camera(document.querySelector("[data-sheet-files]"), page.entry.files, document.querySelector("[data-sheet-files]").previousElementSibling.textContent.trim());
  document.querySelector("[data-more]").addEventListener("click", () => {
    page.entry.problems.push({ boxes: {}, files: [] });
    drawRow(page.entry.problems[page.entry.problems.length - 1], known);
    document.querySelector("[data-phone-rows]").lastElementChild.querySelector("textarea").focus();
  });
};

const sheet = async (form) => {
  page.form = form;
  const known = await learn();
  if (!known) {
    state(words.notKnown);
    form.querySelector("button[type=submit]").disabled = true;
    return;
  }
  const asked = new URLSearchParams(window.location.search);
  page.entry = (await unsent.get(asked.get("key") ?? "")) ?? begun(known, asked.get("unit"));
  draw(known);
  showRefusal(page.entry.status === "refused" ? page.entry.reasons : []);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", finish);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && page.timer) {
      save();
    }
  });
};

if (unsent?.me) {
  unsent.begin(words.home);
  const form = document.querySelector("form[data-phone-form]");
  if (form) {
    sheet(form);
  } else {
    home();
  }
  keepPages().catch(() => {});
}
