// Runs before Streamlit: the viewer's theme and language, the window's size, and a sign of life
// when the viewer's hand moves.
(() => {
  "use strict";
  const theme = document.currentScript.dataset.theme === "light" ? "Light" : "Dark";
  // Streamlit reads its theme from here, by the address the page was loaded at.
  localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, JSON.stringify(theme));

  // Streamlit writes numbers, dates and calendars as the browser's language does; here they follow
  // the viewer's. Chromium says that it knows Kazakh and writes English: then it is Russian, whose
  // marks are the same.
  const knowsKazakh = new Intl.NumberFormat("kk-KZ").format(0.5) === "0,5";
  const LOCALES = { kk: knowsKazakh ? "kk-KZ" : "ru-KZ", ru: "ru-KZ", en: "en-GB" };
  const locale = LOCALES[document.documentElement.lang];
  if (locale) {
    Object.defineProperty(navigator, "languages", { get: () => [locale] });
    Object.defineProperty(navigator, "language", { get: () => locale });
  }

  // The first picture of the map fits at once: components/map_size.py reads this.
  document.cookie = `qala_window=${innerWidth}x${innerHeight}; Path=/; SameSite=Strict`;

  // All screens are served from the root: without this Streamlit looks under each address.
  window.__streamlit = { BACKEND_BASE_URL: location.origin };

  const SILENCE_MS = 60_000;
  let reportedAt = Date.now();

  const leave = () => {
    const here = location.pathname + location.search;
    location.assign(here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`);
  };

  const report = async () => {
    if (Date.now() - reportedAt < SILENCE_MS) return;
    reportedAt = Date.now();
    try {
      const answer = await fetch("/session/active", { method: "POST" });
      if (answer.status === 401) leave();
    } catch {
      reportedAt = 0; // the network is away: report again at the next touch
    }
  };

  for (const kind of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(kind, report, { capture: true, passive: true });
  }
  // Back at a screen that slept: if its session is over, lead to the sign-in at once.
  document.addEventListener("visibilitychange", () => document.hidden || report());
})();
