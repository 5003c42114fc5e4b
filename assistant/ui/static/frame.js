// What every page does in the browser. A page's own script, loaded after this one, may use:
//
//   frame.press(selector, does)      does(element) when such an element is pressed
//   frame.ask(part, event, data)     asks Python; a promise of the answer's data, or of null when
//                                    it failed and the reader was told. New HTML is drawn and a
//                                    file is saved before the promise is kept.
//   frame.draw(part, html)           draws a part again, html being { en, es } or only one of them
//   frame.word(key), frame.say(text) a text of the catalogue; words for a screen reader
//   frame.copy(text, key)            to the clipboard; key is what to say then, if not "copied"
//   frame.save(name, content)        a file, base64 or a Blob
//   frame.titled(text)               the title of what is open; "" for the page's own
//   frame.language(), frame.audience(), frame.speak(language)   what the reader has chosen
//   frame.on(what, does)             "ready", "drawn" (after every redraw), "turning" (before another
//                                    language), "language" (after it), "audience", "lost"
//   frame.leave()                    clears the screen and goes to a neutral page
//
// The tab keeps the choice of theme and audience; everything else is gone with the page.
"use strict";

const frame = (() => {
  const root = document.documentElement;
  const parts = new Map(); // id: { props, server }
  const heard = { ready: [], drawn: [], turning: [], language: [], audience: [], lost: [] };
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wants = (query) => window.matchMedia(query).matches;
  const still = () => wants("(prefers-reduced-motion: reduce)");
  let spoken = root.lang; // as the server chose it
  const language = () => spoken;
  const word = (key) => frameWords[spoken][key];
  const on = (what, does) => heard[what].push(does);
  const tell = (what) => heard[what].forEach((does) => does());

  // Gradio sets the language of the document to the browser's own.
  new MutationObserver(() => { if (root.lang !== spoken) root.lang = spoken; })
    .observe(root, { attributeFilter: ["lang"] });

  // --- Parts: each holds its HTML by language, and shows the one the page speaks.

  function part(element, props, server) {
    parts.set(element.closest('[id^="part-"]').id, { props, server });
    const expected = window.gradio_config.components.filter(({ type }) => type === "html").length;
    if (parts.size < expected) return;
    settle();
    document.body.classList.add("ready");
    tell("ready");
  }

  function draw(name, html) {
    parts.get(`part-${name}`).props.value = { ...html };
    return redrawn();
  }

  // Parts redraw in a microtask; what the reader set is put back right after it.
  const redrawn = () => new Promise((done) => {
    window.setTimeout(() => { settle(); done(); });
  });

  let title = "";
  function titled(text) {
    title = text && word("ui.page_title").replace("{title}", text);
    document.title = title || word("title");
  }

  function settle() {
    // Gradio follows the system by itself, whatever the reader chose.
    document.body.classList.toggle("dark", theme() === "dark");
    root.dataset.audience = audience();
    for (const choice of all('input[name="audience"]')) {
      choice.checked = choice.value === audience();
    }
    one("[data-theme-switch]")?.setAttribute("aria-pressed", String(theme() === "dark"));
    one("[data-menu]")?.setAttribute("aria-expanded", String(root.dataset.ways === "open"));
    document.title = title || word("title");
    tell("drawn");
  }

  // --- A refusal that says when to come back is no lost connection: what was asked is sent again
  // --- by itself, and the reader is told that nothing needs doing.

  const MOST_TRIES = 4;
  const LONGEST_WAIT = 60; // seconds
  const fetching = window.fetch.bind(window);
  let gaveUp = false;

  window.fetch = async (...asked) => {
    gaveUp = false;
    for (let tries = 1; ; tries += 1) {
      const response = await fetching(...asked);
      const seconds = Number(response.headers.get("retry-after"));
      if (!seconds || ![429, 503].includes(response.status)) return response;
      gaveUp = tries === MOST_TRIES || seconds > LONGEST_WAIT || asked[0] instanceof Request;
      if (gaveUp) return response;
      tellWait(seconds);
      await new Promise((done) => { window.setTimeout(done, seconds * 1000); });
    }
  };

  function tellWait(seconds) {
    const line = one("#ask6103-told");
    const text = word("limits.waits").replace("{seconds}", seconds);
    line.textContent = text;
    window.setTimeout(() => {
      if (line.textContent === text) line.textContent = "";
    }, seconds * 1000);
  }

  // --- Asking Python

  async function ask(name, event, data = {}) {
    const { server } = parts.get(`part-${name}`);
    const sent = { ...data, event, language: language(), audience: audience() };
    let answer;
    try {
      // Gradio answers a lost connection with nothing instead of an error.
      answer = (await server.hear(sent)) ?? { failed: true };
    } catch {
      answer = { failed: true };
    }
    if (answer.html) await draw(name, answer.html);
    return take(answer);
  }

  // An answer's file and data; null for one that failed, which the reader is told.
  function take(answer) {
    if (answer.failed) {
      say(word(gaveUp ? "limits.gave_up" : "ui.request_failed"), true);
      return null;
    }
    if (answer.file) save(answer.file.name, answer.file.content);
    return answer.data;
  }

  // --- Saying, copying, saving

  function say(text, seen = false) {
    const line = one(seen ? "#ask6103-told" : "#ask6103-said");
    line.textContent = "";
    // A repeated text is only announced again when it was gone for a moment.
    window.setTimeout(() => { line.textContent = text; }, 60);
    if (seen) window.setTimeout(() => { line.textContent = ""; }, 8000);
  }

  async function copy(text, wording = "ui.copied") {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyByHand(text);
    }
    say(word(done ? wording : "ui.copy_failed"), !done);
    return done;
  }

  // Without https the browser offers no clipboard but this one.
  function copyByHand(text) {
    const before = document.activeElement;
    const holder = document.createElement("textarea");
    holder.value = text;
    holder.className = "unseen";
    document.body.append(holder);
    holder.select();
    const done = document.execCommand("copy");
    holder.remove();
    before?.focus({ preventScroll: true });
    return done;
  }

  function save(name, content) {
    const blob = content instanceof Blob ? content : new Blob([bytes(content)]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // Some browsers read the blob only after the click is done.
    window.setTimeout(() => URL.revokeObjectURL(link.href), 30000);
    say(word("ui.saved"));
  }

  const bytes = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

  // --- Switches. Their choice goes from page to page in the tab, where the browser allows it.

  function kept(name) {
    try { return window.sessionStorage.getItem(`ask6103-${name}`); } catch { return null; }
  }

  function keep(name, value) {
    try { window.sessionStorage.setItem(`ask6103-${name}`, value); } catch { /* Only this page. */ }
  }

  const theme = () =>
    root.dataset.theme ?? (wants("(prefers-color-scheme: dark)") ? "dark" : "light");

  let chosenAudience = kept("audience") ?? "public";
  const audience = () => chosenAudience;

  function speak(chosen) {
    if (chosen === spoken) return;
    tell("turning");
    spoken = chosen;
    root.lang = chosen;
    for (const { props } of parts.values()) props.value = { ...props.value };
    const here = new URL(window.location);
    here.searchParams.set("lang", chosen);
    window.history.replaceState(window.history.state, "", here);
    redrawn().then(() => tell("language"));
  }

  // --- The quick exit: nothing is left on the screen, and no page to go back to.

  const NEUTRAL = "https://www.weather.gov/";
  const others = "BroadcastChannel" in window ? new BroadcastChannel("ask6103") : null;
  let escapes = [];

  function leave() {
    others?.postMessage("leave");
    vanish();
  }

  function vanish() {
    document.title = "";
    document.body.replaceChildren();
    try { window.sessionStorage.clear(); } catch { /* There was none. */ }
    window.location.replace(NEUTRAL);
  }

  others?.addEventListener("message", ({ data }) => data === "leave" && vanish());

  function countEscapes() {
    if (!one("[data-quick-exit]")) return;
    const now = Date.now();
    escapes = [...escapes.filter((then) => now - then < 2000), now];
    if (escapes.length >= 3) leave();
  }

  // --- What is pressed

  const presses = [
    ["[data-language]", (button) => speak(button.dataset.language)],
    ["[data-theme-switch]", () => switchTheme()],
    ["[data-menu]", () => showMenu(root.dataset.ways !== "open")],
    ["[data-skip]", () => skip()],
    ["[data-help]", () => one("#help").showModal()],
    ["[data-help-close]", () => one("#help").close()],
    ["[data-quick-exit]", () => leave()],
    ["[data-print]", () => window.print()],
    ["[data-copy]", (button) => pressCopy(button, button.dataset.copy)],
  ];
  const press = (selector, does) => presses.push([selector, does]);

  function switchTheme() {
    root.dataset.theme = theme() === "dark" ? "light" : "dark";
    keep("theme", root.dataset.theme);
    settle();
  }

  function showMenu(open) {
    root.dataset.ways = open ? "open" : "shut";
    settle();
  }

  // The help is left by a press beside it, and by a link of its own that leads into this page.
  document.addEventListener("click", ({ target }) => {
    const beside = target.matches("dialog.help");
    if (beside || target.closest("[data-help-way]")) target.closest("dialog").close();
  });

  function skip() {
    const first = one("#part-masthead").nextElementSibling;
    first.tabIndex = -1;
    first.focus();
  }

  async function pressCopy(button, text, wording) {
    if (!(await copy(text, wording))) return;
    button.classList.add("done");
    window.setTimeout(() => button.classList.remove("done"), 2500);
  }

  document.addEventListener("click", (event) => {
    for (const [selector, does] of presses) {
      const pressed = event.target.closest(selector);
      if (!pressed) continue;
      event.preventDefault();
      does(pressed, event);
      return;
    }
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches('input[name="audience"]')) return;
    chosenAudience = event.target.value;
    keep("audience", chosenAudience);
    settle();
    tell("audience");
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    countEscapes();
    if (root.dataset.ways === "open") {
      showMenu(false);
      one("[data-menu]").focus();
    }
  });

  // --- On paper nothing can be opened, so all is open that has its place there; where a page
  // --- wants to be brief, the heads of its sources are enough.

  let shut = [];

  window.addEventListener("beforeprint", () => {
    shut = all("details:not([open], [data-screen], [data-brief] *)");
    for (const each of shut) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of shut) each.open = false;
  });

  // --- The frame's own lines. Gradio tells a lost connection in English only, in its own place.

  function line(id, role, style) {
    const made = document.createElement("p");
    made.id = id;
    made.className = style;
    made.setAttribute("role", role);
    return made;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const lost = line("ask6103-lost", "alert", "told");
    document.body.prepend(
      lost, line("ask6103-told", "alert", "told"), line("ask6103-said", "status", "unseen"),
    );
    new MutationObserver(() => {
      const text = one(".toast-wrap > *") ? word(gaveUp ? "limits.gave_up" : "ui.lost") : "";
      if (lost.textContent === text) return;
      lost.textContent = text;
      if (text) tell("lost");
    }).observe(document.body, { childList: true, subtree: true });
  });

  if (kept("theme")) root.dataset.theme = kept("theme");

  return {
    part, ask, take, draw, settle, word, say, titled, copy, save, language, speak, audience, on, press,
    pressCopy, leave, still, wants, one, all,
  };
})();
