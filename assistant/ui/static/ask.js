// What the Ask page does in the browser: the box to ask in, the answers' sources.
// Nothing is stored: when the tab closes, everything here is gone.
"use strict";

const ask6103 = (() => {
  const { one, all, still, wants } = frame;
  const root = document.documentElement;
  let send = () => {};
  let busy = false;
  let lastQuestion = ""; // given back to the box when it could not be answered
  let openSource = null; // { card, quotation, mark }: what is open, and what opened it

  function talk(element, props, trigger, watch, events) {
    send = (event, data = {}) => {
      const sent = { ...data, language: frame.language() };
      if (events.includes(event)) trigger(event, sent);
    };
    watch("value", () => arrived(element));
    frame.part(element, props);
  }

  function arrived(element) {
    const log = element.querySelector(".log");
    const before = Number(root.dataset.turns ?? 0);
    const turns = Number(log.dataset.turns);
    // What was on the page already does not arrive again with a redraw.
    if (!busy) for (const each of all(".arriving")) each.classList.remove("arriving");
    busy = log.getAttribute("aria-busy") === "true";
    settle();
    reopen();
    if (turns > before) showNewest();
    if (busy) return;
    if (log.lastElementChild?.hasAttribute("data-failed")) giveBack();
    lastQuestion = "";
  }

  function parcel(element, props, watch) {
    watch("value", () => frame.take(props.value));
    frame.part(element, props);
  }

  // --- After every redraw: what the reader set must still be set.

  function settle() {
    root.dataset.turns = one(".log")?.dataset.turns ?? "0";
    root.dataset.busy = String(busy);
    const box = one("#question");
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
    one(".send").disabled = box.value.trim() === "" || busy;
    const height = one("#part-ask")?.offsetHeight ?? 0;
    root.style.setProperty("--ask-height", `${height}px`);
    keepTheConversation();
    keepWriter();
    showMarks();
  }

  // Another page in this tab would end the conversation, which is kept nowhere else.
  function keepTheConversation() {
    if (root.dataset.turns === "0") return;
    for (const link of all('#part-masthead a[href^="/"]')) {
      if (link.target) continue;
      link.target = "_blank";
      link.rel = "opener";
      link.insertAdjacentHTML("beforeend", '<span class="unseen"></span>');
      link.lastElementChild.textContent = ` ${frame.word("ui.new_tab")}`;
    }
  }

  frame.on("drawn", () => { settle(); reopen(); });
  frame.on("language", () => { if (Number(root.dataset.turns)) send("speak"); });
  frame.on("lost", () => {
    if (!busy) return;
    busy = false;
    giveBack();
  });

  // --- Who writes the answer, where there is a choice. A redraw must not take it back.

  let chosenWriter = "";
  const writer = () => chosenWriter || one('input[name="writer"]:checked')?.value;

  function keepWriter() {
    for (const each of all('input[name="writer"]')) {
      if (chosenWriter) each.checked = each.value === chosenWriter;
    }
  }

  document.addEventListener("change", ({ target }) => {
    if (target.matches('input[name="writer"]')) chosenWriter = target.value;
  });

  // --- Asking

  function ask(question, fromBox) {
    const text = question.trim();
    if (!text || busy) return;
    busy = true;
    lastQuestion = text;
    if (fromBox) one("#question").value = "";
    settle();
    if (!fromBox || wants("(pointer: coarse)")) root.dataset.moveFocus = "true";
    send("ask", { question: text, audience: frame.audience(), model: writer() === "model" });
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

  // --- What can be done with an answer

  const marks = new Map(); // turn: "yes" or "no"
  let parcels = 0;

  const askedIn = (element) => element.closest(".turn").querySelector(".asked").textContent;

  // The question as the server gave it back, without personal numbers; what follows # is never
  // sent to a server.
  function share(button) {
    const link = new URL(`/?lang=${frame.language()}`, window.location.origin);
    link.hash = `q=${encodeURIComponent(askedIn(button))}`;
    frame.pressCopy(button, link.href, "ui.link_copied");
  }

  function takeSharedQuestion() {
    const shared = /^#q=(.+)$/.exec(window.location.hash);
    if (!shared) return;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    let question;
    try { question = decodeURIComponent(shared[1]); } catch { return; }
    const box = one("#question");
    box.value = question.slice(0, box.maxLength);
    settle();
    box.focus();
    frame.say(frame.word("ui.from_link"));
  }

  function paper(button) {
    frame.say(frame.word("ui.preparing"));
    const { paper: suffix, turn } = button.dataset;
    send("paper", { event: "paper", suffix, turn: Number(turn), parcel: ++parcels });
  }

  function mark(button) {
    const { helpful, turn } = button.dataset;
    const before = marks.get(turn);
    const now = before === helpful ? undefined : helpful;
    marks.set(turn, now);
    send("helpful", { now, before });
    showMarks();
    if (now) frame.say(frame.word("ui.thanks"));
  }

  function showMarks() {
    for (const button of all("[data-helpful]")) {
      const { helpful, turn } = button.dataset;
      button.setAttribute("aria-pressed", String(marks.get(turn) === helpful));
    }
  }

  frame.on("ready", takeSharedQuestion);
  window.addEventListener("hashchange", takeSharedQuestion);
  frame.press("[data-share]", share);
  frame.press("[data-paper]", paper);
  frame.press("[data-helpful]", mark);
  frame.press("[data-again]", (button) => ask(askedIn(button), false));

  // --- What is pressed, typed and clicked

  frame.press(".cite", (mark) => show(mark));
  frame.press("[data-ask]", (button) => ask(button.textContent, false));
  frame.press("[data-stop]", () => send("stop"));
  frame.press("[data-new]", () => startAnew());
  frame.press("[data-close-source]", () => close());
  frame.press("details.source > summary", (summary) => {
    const { id } = summary.parentElement;
    const quotation = summary.parentElement.querySelector("mark")?.id;
    openSource = openSource?.card === id ? null : { card: id, quotation, mark: -1 };
    reopen();
  });

  function startAnew() {
    openSource = null;
    marks.clear();
    send("forget");
    one("#question").focus();
    window.scrollTo({ top: 0 });
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-form]")) return;
    event.preventDefault();
    ask(one("#question").value, true);
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("#question")) settle();
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

  return { talk, parcel };
})();
