// What is typed is saved while typing, as the person's own draft on the server: a few seconds after the last stroke and
// on leaving the page. Files are not in it. A second window with the same draft is told; nothing is overwritten.
const AFTER = 2500;
const AGAIN = 10000;
const MOST_KEPT_ALIVE = 60000; // browsers refuse more from a page that is being left

const form = document.querySelector("form[data-draft]");
const place = document.querySelector("[data-draft-state]");

const state = { dirty: false, timer: 0, saving: false, stopped: false, sent: false };

const contents = () => {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) {
    if (value instanceof File) {
      data.delete(name);
    }
  }
  return data;
};

const say = (words, wrong = false) => {
  place.textContent = words;
  place.classList.toggle("draft-wrong", wrong);
};

const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// The key of this page goes with its place in the history: come back to it, or load it again, and it is the same entry, so
// that the back button files nothing twice.
const note = () => {
  const { token, draft_version: version } = form.elements;
  window.history.replaceState({ ...window.history.state, token: token.value, version: version.value }, "");
};

const takeUpKey = () => {
  const kept = window.history.state;
  const way = performance.getEntriesByType("navigation")[0]?.type;
  if (kept?.token && (way === "back_forward" || way === "reload")) {
    form.elements.token.value = kept.token;
    form.elements.draft_version.value = kept.version;
  }
  note();
};

const startAnew = () => {
  form.elements.token.value = newKey();
  form.elements.draft_version.value = "0";
  note();
  state.stopped = false;
  changed(0);
};

// Somebody (this person, in another window) was first: say so, and offer to keep both.
const stop = (reason) => {
  state.stopped = true;
  say(`${reason} `, true);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-plain";
  button.textContent = place.dataset.anew;
  button.addEventListener("click", startAnew);
  place.append(button);
};

const take = async (response) => {
  if (response.type === "opaqueredirect" || response.status === 403) {
    say(place.dataset.signedOut, true);
    changed(AGAIN);
    return;
  }
  const answer = await response.json();
  if (response.ok) {
    form.elements.draft_version.value = answer.version;
    note();
    form.dataset.saved = state.dirty ? "" : "1";
    say(answer.words);
  } else if (answer.stop) {
    stop(answer.reason);
  } else {
    say(answer.reason, true);
  }
};

const save = async (leaving = false) => {
  clearTimeout(state.timer);
  if (!state.dirty || state.saving || state.stopped || state.sent) {
    return;
  }
  state.dirty = false;
  state.saving = true;
  const body = new URLSearchParams(contents()).toString();
  try {
    const response = await fetch(form.dataset.draft, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      },
      redirect: "manual",
      keepalive: leaving && body.length < MOST_KEPT_ALIVE,
    });
    await take(response);
  } catch {
    state.dirty = true;
    say(place.dataset.unreached, true);
    state.timer = setTimeout(save, AGAIN);
  } finally {
    state.saving = false;
    if (state.dirty) {
      state.timer = setTimeout(save, AFTER);
    }
  }
};

const changed = (after = AFTER) => {
  state.dirty = true;
  form.dataset.saved = "";
  clearTimeout(state.timer);
  state.timer = setTimeout(save, after);
};

if (form && place) {
  takeUpKey();
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") {
      changed();
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") {
      changed();
    }
  });
  form.addEventListener("submit", () => {
    state.sent = true;
    clearTimeout(state.timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      save(true);
    }
  });
  window.addEventListener("pageshow", () => { state.sent = false; });
  window.addEventListener("online", () => save());
}
