// What this device holds and has not sent: kept in the browser (IndexedDB), keyed to the person who is signed in. Said in
// the head of every page; warned of before signing out, which clears it. Pages that never kept anything pay nothing.
const STORE = "entries";
const KNOWN = "known";
const FLAG = "qingfeng-unsent";
const OWNER = "qingfeng-owner";

const me = document.querySelector("meta[name=user-key]")?.content ?? "";

const opened = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open("qingfeng", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("user", "user");
      asked.result.createObjectStore(KNOWN, { keyPath: "user" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

const within = async (store, mode, work) => {
  const base = await opened();
  try {
    return await new Promise((done, fail) => {
      const change = base.transaction(store, mode);
      const asked = work(change.objectStore(store));
      change.oncomplete = () => done(asked?.result);
      change.onerror = () => fail(change.error);
      change.onabort = () => fail(change.error);
    });
  } finally {
    base.close();
  }
};

// Nobody else's entries are ever read: the index of the signed-in person is the only way in.
const mine = async () => {
  const found = await within(STORE, "readonly", (store) => store.index("user").getAll(me));
  return found.sort((one, other) => other.saved - one.saved);
};

const get = async (key) => {
  const found = await within(STORE, "readonly", (store) => store.get(key));
  return found?.user === me ? found : null;
};

const tell = async () => {
  const entries = localStorage.getItem(FLAG) ? await mine() : [];
  for (const place of document.querySelectorAll("[data-unsent]")) {
    place.textContent = place.dataset.unsent.replace("%n", String(entries.length));
    place.hidden = entries.length === 0;
    if (place.tagName === "A") {
      place.href = localStorage.getItem(FLAG) || "/";
    }
  }
  return entries.length;
};

const put = async (entry) => {
  await within(STORE, "readwrite", (store) => store.put({ ...entry, user: me, saved: Date.now() }));
  await tell();
};

const remove = async (key) => {
  await within(STORE, "readwrite", (store) => store.delete(key));
  await tell();
};

const forgetPages = async () => {
  if (!globalThis.caches) {
    return;
  }
  for (const name of await caches.keys()) {
    if (name.startsWith("qingfeng-pages")) {
      await caches.delete(name);
    }
  }
};

// On signing out nothing of this person stays on the device.
const forget = async () => {
  for (const entry of await mine()) {
    await within(STORE, "readwrite", (store) => store.delete(entry.key));
  }
  await within(KNOWN, "readwrite", (store) => store.delete(me));
  await forgetPages();
  localStorage.removeItem(FLAG);
};

globalThis.unsent = {
  me,
  mine,
  get,
  put,
  remove,
  tell,
  keepKnown: (known) => within(KNOWN, "readwrite", (store) => store.put(known)),
  known: () => within(KNOWN, "readonly", (store) => store.get(me)),
  begin: (home) => {
    localStorage.setItem(FLAG, home);
    localStorage.setItem(OWNER, me);
  },
};

const signOut = async (event) => {
  const form = event.target;
  if (!form.matches("form[data-sign-out]") || form.dataset.cleared || !localStorage.getItem(FLAG)) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const left = (await mine()).length;
  if (left && !window.confirm(form.dataset.signOut.replace("%n", String(left)))) {
    return;
  }
  await forget();
  form.dataset.cleared = "1";
  form.requestSubmit();
};

// Somebody else signed in on this device: the pages kept for the one before go; what that one wrote stays out of sight.
const changeOwner = async () => {
  if (localStorage.getItem(FLAG) && localStorage.getItem(OWNER) !== me) {
    localStorage.setItem(OWNER, me);
    await forgetPages();
  }
};

if (me) {
  changeOwner();
  document.addEventListener("submit", signOut, true);
  tell();
}
