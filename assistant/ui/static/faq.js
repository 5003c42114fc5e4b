// What the FAQ page does in the browser: it holds the list, asks for one answer after another, and
// sends the list back for an edit, a comparison or a file. When the tab closes, all of it is gone.
"use strict";

(() => {
  const { one, all, word, still } = frame;
  const languages = ["en", "es"];
  const LARGEST = 5; // megabytes of an earlier list
  let brief = null; // { languages, for }: what the list was begun with
  let entries = []; // { key, entry, html }, in the order of the list
  let waiting = []; // questions not yet answered
  let total = 0;
  let running = false; // whether answers are wanted
  let asking = false; // whether one is on its way
  let lastKey = 0;
  let merged = null; // notes about lines that became one, by language
  let earlier = null; // the record of an earlier list
  let loaded = ""; // the questions that an earlier list brought
  let opened = null; // what was opened, or why it was not, by language
  let wrong = null; // what is wrong with the list, by language
  let changed = null; // what changed since, by language
  let turned = []; // what stood in open forms when the language was changed
  let openSource = null; // { card, quotation, mark }
  const form = { list: "", ticked: new Set(), languages: "both", open: new Set() };
  const fill = (key, values) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), word(key));

  // --- The form: what stands in it outlives a change of language

  function remember() {
    if (!one("#faq-list")) return;
    form.list = one("#faq-list").value;
    form.languages = one('[name="languages"]:checked').value;
    form.open = new Set(all(".faq-start details[open]").map((each) => each.className || each.dataset.theme));
  }

  function restore() {
    const box = one("#faq-list");
    if (!box) return;
    if (box.dataset.filled !== frame.language()) {
      box.dataset.filled = frame.language();
      box.value = form.list;
      one(`[name="languages"][value="${form.languages}"]`).checked = true;
      for (const each of all("[data-suggested]")) each.checked = form.ticked.has(each.dataset.suggested);
      for (const each of all(".faq-start details")) {
        each.open = form.open.has(each.className || each.dataset.theme);
      }
    }
    const lang = frame.language();
    put("#faq-wrong", wrong?.[lang] ?? "");
    box.toggleAttribute("aria-invalid", Boolean(wrong));
    put("#faq-opened", opened?.[lang] ?? "");
    one("#faq-opened").classList.toggle("wrong", Boolean(opened?.failed));
  }

  function put(selector, text) {
    const line = one(selector);
    if (line.textContent !== text) line.textContent = text;
  }

  // A question that is ticked stands in the list; unticked, its line goes.
  function tick(box) {
    const text = box.closest("label").textContent.trim();
    const list = one("#faq-list");
    const lines = list.value.split("\n").filter((line) => line.trim() !== text);
    while (lines.length && !lines.at(-1).trim()) lines.pop();
    if (box.checked) {
      form.ticked.add(box.dataset.suggested);
      lines.push(text);
    } else {
      form.ticked.delete(box.dataset.suggested);
    }
    list.value = lines.join("\n");
  }

  // --- Answering

  const wanted = () => {
    const chosen = one('[name="languages"]:checked').value;
    if (chosen !== "both") return [chosen];
    // An earlier list is compared column by column, so its columns stay in their order.
    const first = earlier?.languages.length > 1 ? earlier.languages[0] : frame.language();
    return [first, ...languages.filter((each) => each !== first)];
  };

  async function start() {
    const button = one(".faq-form button[type=submit]");
    if (running || button.disabled) return;
    button.disabled = true;
    remember();
    const answer = await frame.ask("faq", "read", { list: form.list });
    one(".faq-form button[type=submit]").disabled = false;
    if (answer === null) return;
    wrong = answer.wrong ?? null;
    restore();
    if (wrong) {
      one("#faq-list").focus();
      return;
    }
    brief = { languages: wanted(), for: frame.audience() };
    entries = [];
    changed = null;
    openSource = null;
    merged = answer.merged;
    waiting = answer.questions;
    total = waiting.length;
    draw();
    one("#faq-answers").focus({ preventScroll: true });
    one("#faq-answers").scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
    await go();
  }

  async function go() {
    running = true;
    show();
    if (asking) return; // the loop that is asking goes on
    asking = true;
    while (running && waiting.length) {
      const key = ++lastKey;
      const answer = await frame.ask("faq", "answer", { ...brief, asked: waiting[0], key });
      if (answer === null) break;
      waiting.shift();
      entries.push({ key, ...answer });
      append(entries.at(-1));
      show();
    }
    asking = running = false;
    show();
    if (waiting.length) {
      frame.say(fill("faq.paused", { left: waiting.length }));
    } else {
      frame.say(fill("faq.done", { total }));
      if (earlier) await compare();
    }
  }

  function stop() {
    running = false;
    show();
    one("[data-faq-on]")?.focus();
  }

  async function compare() {
    const answer = await frame.ask("faq", "compare", { ...list(), earlier });
    if (answer === null) return;
    changed = answer.changes;
    answer.entries.forEach((each, place) => Object.assign(entries[place], each));
    draw();
  }

  const list = () => ({
    ...brief,
    entries: entries.map(({ entry }) => entry),
    keys: entries.map(({ key }) => key),
  });

  // --- Showing: the entries are drawn here, so that one more of them costs no more than itself

  function draw() {
    const holder = one("[data-entries]");
    if (!holder) return;
    const lang = frame.language();
    holder.dataset.drawn = lang;
    const drafts = [...drafted(), ...turned];
    turned = [];
    holder.innerHTML = entries.map(({ html }) => html[lang]).join("");
    putBack(drafts);
    one("[data-changes]").innerHTML = changed?.[lang] ?? "";
    one("[data-merged]").replaceChildren(...(merged?.[lang] ?? []).map(listed));
    show();
  }

  function listed(text) {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }

  function append({ html }) {
    one("[data-entries]").insertAdjacentHTML("beforeend", html[frame.language()]);
  }

  function redraw(item, side) {
    const drafts = drafted().filter((draft) => draft.key !== item.key || draft.side !== side);
    one(`[data-entry="${item.key}"]`).outerHTML = item.html[frame.language()];
    putBack(drafts);
    show();
  }

  // What stands in open forms outlives a redraw.
  const editing = () => all("[data-faq-editing]:not([hidden])");
  const drafted = () => editing().map((box) => ({
    key: keyOf(box),
    side: sideOf(box).dataset.side,
    question: box.elements.question.value,
    answer: box.elements.answer.value,
  }));

  function putBack(drafts) {
    for (const { key, side, question, answer } of drafts) {
      const place = one(`[data-entry="${key}"] [data-side="${side}"]`);
      if (!place) continue;
      const box = place.querySelector("[data-faq-editing]");
      if (box.hidden) unfold(place, true);
      box.elements.question.value = question;
      box.elements.answer.value = answer;
    }
  }

  function show() {
    const results = one("[data-results]");
    if (!results) return;
    results.hidden = !brief;
    if (!brief) return;
    const done = total - waiting.length;
    one("[data-progress]").hidden = !running;
    one("[data-progress] progress").max = total;
    one("[data-progress] progress").value = done;
    put("[data-count]", fill("faq.progress", { done, total }));
    const paused = !running && waiting.length > 0;
    one("[data-faq-paused]").hidden = !paused;
    put("[data-left]", fill("faq.paused", { left: waiting.length }));
    one("[data-saving]").hidden = running || !entries.length;
    for (const button of all("[data-faq-save]")) button.disabled = false;
    one(".faq-form button[type=submit]").disabled = running || asking;
    all("[data-entry]").forEach((each, place, every) => {
      each.querySelector(".faq-number").textContent = fill("faq.number", { number: place + 1 });
      each.querySelector("[data-faq-up]").disabled = place === 0;
      each.querySelector("[data-faq-down]").disabled = place === every.length - 1;
    });
    reopen();
  }

  // --- Changing the list

  const keyOf = (element) => Number(element.closest("[data-entry]").dataset.entry);
  const itemOf = (element) => entries.find(({ key }) => key === keyOf(element));

  function move(button, by) {
    const item = itemOf(button);
    const from = entries.indexOf(item);
    const to = from + by;
    if (to < 0 || to >= entries.length) return;
    entries.splice(from, 1);
    entries.splice(to, 0, item);
    const node = button.closest("[data-entry]");
    const other = by < 0 ? node.previousElementSibling : node.nextElementSibling;
    if (by < 0) other.before(node); else other.after(node);
    show();
    const again = button.disabled ? node.querySelector(".faq-number") : button;
    again.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
    frame.say(fill("faq.moved", { number: to + 1 }));
  }

  function drop(button) {
    const item = itemOf(button);
    const place = entries.indexOf(item);
    entries.splice(place, 1);
    total -= 1;
    button.closest("[data-entry]").remove();
    show();
    const next = all("[data-entry] .faq-number")[Math.min(place, entries.length - 1)];
    (next ?? one("#faq-answers")).focus();
    frame.say(fill("faq.dropped", { number: place + 1 }));
  }

  const sideOf = (element) => element.closest("[data-side]");

  function unfold(side, open) {
    const box = side.querySelector("[data-faq-editing]");
    if (!open) box.reset();
    box.hidden = !open;
    side.querySelector("[data-shown]").hidden = open;
    return box;
  }

  function edit(button, open) {
    const side = sideOf(button);
    const box = unfold(side, open);
    (open ? box.elements.answer : side.querySelector("[data-faq-edit]")).focus();
  }

  async function keep(box) {
    const item = itemOf(box);
    const side = sideOf(box).dataset.side;
    const { question, answer } = box.elements;
    const kept = await frame.ask("faq", "edit", {
      ...brief, side, question: question.value, answer: answer.value,
      entry: item.entry, key: item.key,
    });
    if (kept === null) return false;
    Object.assign(item, kept);
    redraw(item, side);
    one(`[data-entry="${item.key}"] [data-side="${side}"] [data-faq-edit]`).focus();
    frame.say(word("faq.edited_kept"));
    return true;
  }

  // The question is asked again as it stands; where it was being edited, as it was edited.
  async function again(button) {
    const item = itemOf(button);
    const side = sideOf(button);
    const lead = side.dataset.side;
    const box = side.querySelector("[data-faq-editing]");
    const wordings = Object.fromEntries(
      Object.entries(item.entry.sides)
        .filter(([name, { asked_in: askedIn }]) => askedIn === name)
        .map(([name, { question }]) => [name, question]),
    );
    wordings[lead] = (box.hidden ? box.elements.question.defaultValue : box.elements.question.value).trim();
    if (!wordings[lead]) return;
    const answer = await frame.ask("faq", "answer", {
      ...brief, key: item.key, lead, asked: { wordings, lead, removed: item.entry.removed },
    });
    if (answer === null) return;
    Object.assign(item, answer);
    redraw(item, lead);
    one(`[data-entry="${item.key}"] .faq-number`).focus();
  }

  // --- An earlier list, and saving this one

  async function openEarlier(input) {
    const file = input.files[0];
    if (!file) return;
    earlier = null;
    if (file.size > LARGEST * 1024 * 1024) {
      told(Object.fromEntries(languages.map((each) => [each, tooBig(each)])), true);
      return;
    }
    frame.say(word("faq.opening"));
    const content = await encoded(file);
    const answer = await frame.ask("faq", "earlier", { name: file.name, content });
    if (answer === null) return;
    if (answer.wrong) {
      told(answer.wrong, true);
      return;
    }
    earlier = answer.record;
    told(answer.opened, false);
    const box = one("#faq-list");
    const own = box.value === loaded ? "" : box.value.trim();
    loaded = answer.list;
    const before = earlier.languages.length > 1 ? "both" : earlier.languages[0];
    one(`[name="languages"][value="${before}"]`).checked = true;
    box.value = own ? `${loaded}\n${own}` : loaded;
    remember();
  }

  const tooBig = (lang) => frameWords[lang]["faq.earlier_too_big"].replace("{most}", LARGEST);

  function told(texts, failed) {
    opened = { ...texts, failed };
    restore();
  }

  const encoded = (file) => new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });

  async function save(button) {
    button.disabled = true;
    // What stands in an open form belongs to the list that is saved.
    for (const box of editing()) if (!(await keep(box))) return;
    frame.say(word("faq.saving"));
    await frame.ask("faq", "paper", { ...list(), kind: button.dataset.faqSave, earlier: changed && earlier });
    show();
    one(`[data-faq-save="${button.dataset.faqSave}"]`).focus();
  }

  // --- Sources: a mark opens the card of its quotation, and Escape leads back

  function showSource(mark) {
    const quotation = document.getElementById(mark.hash.slice(1));
    const card = quotation?.closest("details.source");
    if (!card) return;
    openSource = { card: card.id, quotation: quotation.id, mark: all(".cite").indexOf(mark) };
    reopen();
    card.closest(".faq-sources").open = true;
    card.querySelector("summary").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }

  function reopen() {
    for (const card of all("#part-faq details.source")) {
      const open = card.id === openSource?.card;
      if (card.open !== open) card.open = open;
    }
    for (const each of all("#part-faq .cite")) {
      each.classList.toggle("current", each.hash === `#${openSource?.quotation}`);
    }
    for (const each of all("#part-faq .passage mark")) {
      each.classList.toggle("current", each.id === openSource?.quotation);
    }
  }

  function closeSource() {
    const mark = all(".cite")[openSource?.mark];
    const card = document.getElementById(openSource?.card);
    openSource = null;
    reopen();
    const back = mark ?? card?.querySelector("summary");
    back?.focus({ preventScroll: true });
    back?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }

  function pressCard(summary) {
    const { id } = summary.parentElement;
    const quotation = summary.parentElement.querySelector("mark")?.id;
    openSource = openSource?.card === id ? null : { card: id, quotation, mark: -1 };
    reopen();
  }

  // --- What is pressed

  frame.press("#part-faq .cite", showSource);
  frame.press("#part-faq details.source > summary", pressCard);
  frame.press("#part-faq [data-close-source]", closeSource);
  frame.press("[data-faq-stop]", stop);
  frame.press("[data-faq-on]", go);
  frame.press("[data-faq-up]", (button) => move(button, -1));
  frame.press("[data-faq-down]", (button) => move(button, 1));
  frame.press("[data-faq-drop]", drop);
  frame.press("[data-faq-edit]", (button) => edit(button, true));
  frame.press("[data-faq-cancel]", (button) => edit(button, false));
  frame.press("[data-faq-again]", again);
  frame.press("[data-faq-save]", save);

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-faq-form]")) {
      event.preventDefault();
      start();
    } else if (event.target.matches("[data-faq-editing]")) {
      event.preventDefault();
      keep(event.target);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-suggested]")) tick(event.target);
    if (event.target.matches("#faq-earlier")) openEarlier(event.target);
    if (event.target.closest(".faq-start")) remember();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("#faq-list")) remember();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.target.closest(".source[open]")) closeSource();
    else if (event.target.closest("[data-faq-editing]")) edit(event.target, false);
  });

  frame.on("turning", () => {
    remember();
    turned = drafted();
  });
  frame.on("drawn", () => {
    restore();
    const holder = one("[data-entries]");
    if (holder && brief && holder.dataset.drawn !== frame.language()) draw();
  });
  frame.on("lost", stop);
})();
