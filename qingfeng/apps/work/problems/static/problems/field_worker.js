// The service worker: keeps the inspector's two pages and the files they need, so that they open without a network.
// Ledgers and records are never kept; what is written goes into the browser's own store, not here.
const FILES = "qingfeng-files";
const KEPT_PAGES = "qingfeng-pages";
const PATIENCE = 4000;

const fresh = async (cache, address) => {
  const response = await fetch(address, { redirect: "manual" });
  if (response.ok) {
    await cache.put(address, response);
  }
};

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(FILES)
      .then((cache) => Promise.all(self.ASSETS.map((address) => fresh(cache, address))))
      .then(() => self.skipWaiting()),
  );
});

// Files of an earlier release go.
const tidy = async () => {
  const cache = await caches.open(FILES);
  const wanted = new Set(self.ASSETS.map((address) => new URL(address, self.location.origin).href));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) {
      await cache.delete(request);
    }
  }
};

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

const inTime = (request) =>
  Promise.race([
    fetch(request),
    new Promise((_, fail) => { setTimeout(() => fail(new Error("slow")), PATIENCE); }),
  ]);

// The two pages: from the network when it answers, else as they were last.
const page = async (request, address) => {
  const cache = await caches.open(KEPT_PAGES);
  try {
    const response = await inTime(request);
    if (response.ok && !response.redirected) {
      await cache.put(address, response.clone());
    }
    return response;
  } catch {
    return (await cache.match(address)) ?? Response.error();
  }
};

// Any other page of the site, asked for without a network, leads to the page that works without one.
const elsewhere = async (request) => {
  try {
    return await fetch(request);
  } catch {
    const kept = await (await caches.open(KEPT_PAGES)).match(self.PAGES.home);
    return kept ? Response.redirect(self.PAGES.home, 302) : Response.error();
  }
};

const file = async (request) => (await (await caches.open(FILES)).match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    const kept = Object.values(self.PAGES).includes(address.pathname);
    event.respondWith(kept ? page(request, address.pathname) : elsewhere(request));
  } else if (self.ASSETS.includes(address.pathname)) {
    event.respondWith(file(request));
  }
});
