// What the page does in the browser: switches, the box to ask in, sources, copying.
// Nothing is stored: when the tab closes, everything here is gone.
"use strict";

const ask6103 = (() => {
  const root = document.documentElement;
  const parts = [];
  let send = () => {};
  let busy = false;
  let lastQuestion = ""; // given back to the box when it could not be answered
  let openSource = null; // { card, quotation, mark }: what is open, and what opened it

  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wants = (query) => window.matchMedia(query).matches;
  const still = () => wants("(prefers-reduced-motion: reduce)");
  const words = () => ask6103Words[root.lang];

  // --- Parts: each holds its HTML by language, and shows the one the page speaks.

  const part = (props) => parts.push(props);

  function talk(element, props, trigger, watch, events) {
    part(props);
    send = (event, data = {}) => {
      if (events.includes(event)) trigger(event, { ...data, language: root.lang, still: still() });
    };
    watch("value", () => arrived(element));
    settle();
    document.body.classList.add("ready");
  }

  function arrived(element) {
    const log = element.querySelector(".log");
    const before = Number(root.dataset.turns ?? 0);
    const turns = Number(log.dataset.turns);
    busy = log.getAttribute("aria-busy") === "true";
    settle();
    reopen();
    if (turns > before) showNewest();
    if (busy) return;
    if (log.lastElementChild?.hasAttribute("data-failed")) giveBack();
    lastQuestion = "";
  }

  // --- After every redraw: what the reader set must still be set.

  function settle() {
    root.dataset.turns = one(".log")?.dataset.turns ?? "0";
    root.dataset.busy = String(busy);
    root.dataset.audience = audience();
    one("[data-theme-switch]")?.setAttribute("aria-pressed", String(theme() === "dark"));
    document.title = words().product;
    const box = one("#question");
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
    one(".send").disabled = box.value.trim() === "" || busy;
    const height = one("#part-ask")?.offsetHeight ?? 0;
    root.style.setProperty("--ask-height", `${height}px`);
  }

  function say(text) {
    const line = one("#ask6103-said");
    line.textContent = "";
    // A repeated text is only announced again when it was gone for a moment.
    window.setTimeout(() => { line.textContent = text; }, 60);
  }

  // --- Asking

  const audience = () => one('input[name="audience"]:checked')?.value ?? "public";

  function ask(question, fromBox) {
    const text = question.trim();
    if (!text || busy) return;
    busy = true;
    lastQuestion = text;
    if (fromBox) one("#question").value = "";
    settle();
    if (!fromBox || wants("(pointer: coarse)")) root.dataset.moveFocus = "true";
    send("ask", { question: text, audience: audience() });
  }

  function showNewest() {
    const newest = all(".turn").at(-1);
    newest.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    if (root.dataset.moveFocus) {
      delete root.dataset.moveFocus;
      newest.querySelector(".question").focus({ preventScroll: true });
    }
  }

  function giveBack() {
    const box = one("#question");
    if (box.value === "") box.value = lastQuestion;
    settle();
  }

  // --- Sources

  function show(mark) {
    const quotation = document.getElementById(mark.hash.slice(1));
    const card = quotation?.closest("details");
    if (!card) return;
    openSource = { card: card.id, quotation: quotation.id, mark: all(".cite").indexOf(mark) };
    reopen();
    card.querySelector("summary").focus({ preventScroll: true });
    bring(card, quotation);
  }

  // Title and quotation come into sight together; when the passage is too long for that, the
  // quotation does, and the title stays at the top by itself.
  function bring(card, quotation) {
    const column = card.closest(".sources");
    const aside = getComputedStyle(column).overflowY === "auto";
    const bottom = window.innerHeight - (boxStays() ? one("#part-ask").offsetHeight : 0) - 8;
    if (aside) scroll(window, Math.max(0, column.getBoundingClientRect().bottom - bottom), "auto");
    const frame = column.getBoundingClientRect();
    const [from, to] = aside ? [frame.top, Math.min(frame.bottom, bottom)] : [8, bottom];
    const top = card.getBoundingClientRect().top;
    const end = quotation.getBoundingClientRect().bottom + 8;
    if (top >= from && end <= to) return;
    scroll(aside ? column : window, end - top <= to - from ? top - from : end - to);
  }

  const boxStays = () => getComputedStyle(one("#part-ask")).position === "sticky";

  const scroll = (what, top, behavior = still() ? "auto" : "smooth") =>
    what.scrollBy({ top, behavior });

  function reopen() {
    for (const card of all("details.source")) {
      const open = card.id === openSource?.card;
      if (card.open !== open) card.open = open;
    }
    for (const mark of all(".cite")) {
      mark.classList.toggle("current", mark.hash === `#${openSource?.quotation}`);
    }
    for (const quotation of all(".passage mark")) {
      quotation.classList.toggle("current", quotation.id === openSource?.quotation);
    }
  }

  function close() {
    const card = document.getElementById(openSource?.card);
    // A mark is remembered by its place, since a redraw may put another element there.
    const mark = all(".cite")[openSource?.mark];
    openSource = null;
    reopen();
    const back = mark ?? card?.querySelector("summary");
    back?.focus({ preventScroll: true });
    back?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }

  // --- Switches

  const theme = () =>
    root.dataset.theme ?? (wants("(prefers-color-scheme: dark)") ? "dark" : "light");

  function paint(name) {
    root.dataset.theme = name;
    document.body.classList.toggle("dark", name === "dark");
    settle();
  }

  function speak(language) {
    if (language === root.lang) return;
    root.lang = language;
    for (const props of parts) props.value = { ...props.value };
    if (Number(root.dataset.turns)) send("speak");
    // The parts redraw in a microtask; what the reader set is put back right after it.
    window.setTimeout(() => { settle(); reopen(); });
  }

  // --- Copying

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say(words().copied);
      return true;
    } catch {
      const done = copyByHand(text);
      say(done ? words().copied : words().copy_failed);
      return done;
    }
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

  async function pressCopy(button) {
    if (!(await copy(button.dataset.copy))) return;
    button.classList.add("done");
    window.setTimeout(() => button.classList.remove("done"), 2500);
  }

  // --- What is pressed, typed and clicked

  const presses = [
    [".cite", (mark) => show(mark)],
    ["[data-ask]", (button) => ask(button.textContent, false)],
    ["[data-stop]", () => send("stop")],
    ["[data-new]", () => startAnew()],
    ["[data-close-source]", () => close()],
    ["[data-copy]", (button) => pressCopy(button)],
    ["[data-language]", (button) => speak(button.dataset.language)],
    ["[data-theme-switch]", () => paint(theme() === "dark" ? "light" : "dark")],
  ];

  function startAnew() {
    openSource = null;
    send("forget");
    one("#question").focus();
    window.scrollTo({ top: 0 });
  }

  document.addEventListener("click", (event) => {
    for (const [selector, does] of presses) {
      const pressed = event.target.closest(selector);
      if (!pressed) continue;
      event.preventDefault();
      does(pressed);
      return;
    }
    const summary = event.target.closest("details.source > summary");
    if (summary) {
      event.preventDefault();
      const { id } = summary.parentElement;
      const quotation = summary.parentElement.querySelector("mark")?.id;
      openSource = openSource?.card === id ? null : { card: id, quotation, mark: -1 };
      reopen();
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-form]")) return;
    event.preventDefault();
    ask(one("#question").value, true);
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("#question, input[name=audience]")) settle();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(".source[open]")) {
      event.preventDefault();
      close();
    } else if (event.target.matches("#question") && event.key === "Enter") {
      // Enter that ends the choice of a character is not yet the end of the question.
      if (event.shiftKey || event.isComposing) return;
      event.preventDefault();
      ask(event.target.value, true);
    }
  });

  window.addEventListener("resize", () => settle());

  // --- A lost connection: Gradio says so in English only, in a place of its own.

  document.addEventListener("DOMContentLoaded", () => {
    const lost = document.createElement("p");
    lost.id = "ask6103-lost";
    lost.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.id = "ask6103-said";
    said.className = "unseen";
    said.setAttribute("role", "status");
    document.body.prepend(lost, said);
    new MutationObserver(() => {
      const text = one(".toast-wrap > *") ? words().lost : "";
      if (lost.textContent !== text) lost.textContent = text;
      if (text && busy) {
        busy = false;
        giveBack();
      }
    }).observe(document.body, { childList: true, subtree: true });
  });

  return { part, talk };
})();
