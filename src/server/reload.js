// Keeps the page of a preview as its files are. Published pages do not have it.
//
// The page says by a hash which it is, and is told when there is another one; it then loads itself again where it was
// scrolled to. Style sheets are exchanged in place. While something is wrong the panel says what.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const kept = "depeche-scroll";
  const folded = "depeche-folded";
  let { panel, edition } = own;
  let events;

  // sessionStorage may be forbidden.
  const stored = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };

  function restoreScroll() {
    const found = stored((storage) => {
      const text = storage.getItem(kept);
      storage.removeItem(kept);
      return JSON.parse(text);
    });
    if (!found || found.page !== location.href) return;
    const restore = () => scrollTo({ left: found.x, top: found.y, behavior: "instant" });
    restore();
    // Images above may have had no height yet. Whoever scrolls meanwhile has the last word.
    const stop = new AbortController();
    for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(moved, () => stop.abort(), { once: true, passive: true, signal: stop.signal });
    }
    addEventListener("load", restore, { once: true, signal: stop.signal });
  }

  function reload() {
    stop();
    stored((storage) => storage.setItem(kept, JSON.stringify({ page: location.href, x: scrollX, y: scrollY })));
    location.reload();
  }

  function show(html) {
    let host = document.querySelector("depeche-panel");
    if (!html) {
      host?.remove();
      return;
    }
    if (!host) {
      host = document.createElement("depeche-panel");
      host.setAttribute("role", "alert");
      host.attachShadow({ mode: "open" });
      document.body.append(host);
    }
    host.shadowRoot.innerHTML = html;
    keepFolded();
  }

  // A panel that was folded stays so, also on other pages, until all is mended.
  function keepFolded() {
    const details = document.querySelector("depeche-panel")?.shadowRoot?.querySelector("details");
    if (!details) {
      stored((storage) => storage.removeItem(folded));
      return;
    }
    if (stored((storage) => storage.getItem(folded))) details.open = false;
    details.addEventListener("toggle", () => {
      stored((storage) => (details.open ? storage.removeItem(folded) : storage.setItem(folded, "yes")));
    });
  }

  const pathOf = (address) => {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin) return null;
    try {
      return decodeURIComponent(url.pathname);
    } catch {
      return url.pathname;
    }
  };

  function exchange(link) {
    const url = new URL(link.href);
    url.searchParams.set("depeche", Date.now());
    const next = link.cloneNode();
    next.href = url.href;
    // The old one goes when the new one is there, so that the page never stands without style.
    next.onload = next.onerror = () => link.remove();
    link.after(next);
  }

  function filesChanged(paths) {
    const changed = new Set(paths);
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    const own = new Set(sheets.map((link) => pathOf(link.href)));
    for (const link of sheets) if (changed.has(pathOf(link.href))) exchange(link);
    const loaded = performance.getEntriesByType("resource").map((entry) => pathOf(entry.name));
    if (loaded.some((path) => changed.has(path) && !own.has(path))) reload();
  }

  function listen() {
    if (events || document.visibilityState === "hidden") return;
    const state = new URLSearchParams({ path: location.pathname, page: own.page, panel, edition });
    events = new EventSource(`/.depeche/events?${state}`);
    events.addEventListener("page", reload);
    events.addEventListener("panel", (event) => {
      const told = JSON.parse(event.data);
      panel = told.hash;
      show(told.html);
    });
    events.addEventListener("files", (event) => {
      const told = JSON.parse(event.data);
      edition = told.edition;
      filesChanged(told.paths);
    });
    // By itself a browser would ask again with what it knew when the page was loaded.
    events.addEventListener("error", () => {
      stop();
      setTimeout(listen, 1000);
    });
  }

  function stop() {
    events?.close();
    events = undefined;
  }

  restoreScroll();
  keepFolded();
  listen();
  // A browser has few connections to one host: a page that nobody sees leaves its own to others, and asks when it is shown.
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
})();
