// What the hearing desk does in the browser: what is picked, and the order, wording and choice of
// the questions. All of it is held in these variables and nowhere else, and gone with the page.
"use strict";

(() => {
  const { one, all, still } = frame;
  const picked = { body: "irs", subjects: [], more: true };
  let drafted = null; // { body, subjects }: what the questions on the page were drafted for
  let order = []; // names of the questions that are kept
  const dropped = new Map(); // name: its place when it was dropped
  const taken = new Map(); // name: the card of a dropped question that is not on the page
  const edits = { en: new Map(), es: new Map() }; // name: { wording, then, outside }
  let open = null; // { card, quotation, mark }: the source that is open, and what opened it

  const draftOf = (name) => one(`.draft[data-name="${name}"]`);
  const fill = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const told = (name, values = {}) => fill(frame.word(`hearing.${name}`), values);
  const bring = (what, block = "nearest") =>
    what.scrollIntoView({ block, behavior: still() ? "auto" : "smooth" });

  // --- The form

  const countOf = (box) => JSON.parse(box.dataset.counts)[picked.body];
  const chosen = () => all('.hearing-form [name="subject"]')
    .filter((box) => picked.subjects.includes(box.value) && countOf(box) > 0)
    .map((box) => box.value);

  function showForm() {
    for (const choice of all('.hearing-form [name="body"]')) {
      choice.checked = choice.value === picked.body;
    }
    for (const box of all('.hearing-form [name="subject"]')) {
      const count = countOf(box);
      box.checked = count > 0 && picked.subjects.includes(box.value);
      box.disabled = count === 0;
      const words = ["subject_none", "subject_count_one"][count] ?? "subject_count";
      box.closest("label").querySelector("[data-count]").textContent = told(words, { count });
    }
  }

  function choose(box) {
    if (box.name === "body") picked.body = box.value;
    else if (box.checked) picked.subjects.push(box.value);
    else picked.subjects = picked.subjects.filter((name) => name !== box.value);
    one("[data-wrong]").textContent = "";
    showForm();
  }

  function chooseAll(button) {
    const every = all('.hearing-form [name="subject"]').map((box) => box.value);
    picked.subjects = button.dataset.subjects === "all" ? every : [];
    one("[data-wrong]").textContent = "";
    showForm();
  }

  async function start(form) {
    const subjects = chosen();
    one("[data-wrong]").textContent = subjects.length ? "" : told("draft_first");
    if (!subjects.length) return;
    const button = form.querySelector('[type="submit"]');
    button.disabled = true;
    drafted = { body: picked.body, subjects };
    const came = await draw();
    button.disabled = false;
    if (!came) return;
    const heading = one("#drafted");
    bring(heading, "start");
    heading.focus({ preventScroll: true });
    await searchMore();
  }

  // --- Drawing: the cards come from the server as drafted; what was done to them is done again.

  async function draw() {
    open = null;
    const answer = await frame.ask("hearing", "draft", drafted);
    if (answer === null) return false;
    const names = all(".draft").map((card) => card.dataset.name);
    const kept = order.filter((name) => names.includes(name));
    order = [...kept, ...names.filter((name) => !kept.includes(name) && !dropped.has(name))];
    restoreAll();
    return true;
  }

  async function searchMore() {
    const wait = document.createElement("p");
    wait.className = "sheet quiet";
    wait.textContent = told("more_searching");
    await frame.draw("hearing-more", { [frame.language()]: wait.outerHTML });
    const answer = await frame.ask("hearing-more", "more", drafted);
    if (answer === null) await frame.draw("hearing-more", { en: "", es: "" });
  }

  function restoreAll() {
    const list = one(".drafts");
    if (!list) return;
    taken.clear();
    for (const card of all(".draft")) showWording(card);
    for (const name of dropped.keys()) if (draftOf(name)) takeOut(name);
    for (const name of order) list.append(draftOf(name));
    one("[data-with-more]").checked = picked.more;
    renumber();
  }

  function renumber() {
    const last = order.length - 1;
    order.forEach((name, place) => {
      const card = draftOf(name);
      card.querySelector("[data-number]").textContent =
        told("question_number", { number: place + 1 });
      card.querySelector("[data-up]").disabled = place === 0;
      card.querySelector("[data-down]").disabled = place === last;
    });
    one("#drafted").textContent = told(order.length === 1 ? "drafted_one" : "drafted", {
      total: order.length,
      body: one(`.hearing-form [value="${drafted.body}"] + span`).textContent,
    });
    one("[data-none-left]").hidden = order.length > 0;
    for (const button of all("[data-save-drafts]")) button.disabled = order.length === 0;
    showDropped();
  }

  // --- Order, dropping and putting back

  function move(button, by) {
    const { name } = button.closest(".draft").dataset;
    const place = order.indexOf(name);
    order.splice(place, 1);
    order.splice(place + by, 0, name);
    const card = draftOf(name);
    const beside = by < 0 ? card.previousElementSibling : card.nextElementSibling;
    if (by < 0) beside.before(card);
    else beside.after(card);
    renumber();
    const again = button.disabled ? card.querySelector(by < 0 ? "[data-down]" : "[data-up]") : button;
    again.focus({ preventScroll: true });
    bring(card);
    frame.say(told("moved", { number: place + by + 1, total: order.length }));
  }

  function takeOut(name) {
    const card = draftOf(name);
    taken.set(name, card);
    card.remove();
  }

  function drop(button) {
    const { name } = button.closest(".draft").dataset;
    const place = order.indexOf(name);
    order.splice(place, 1);
    dropped.set(name, place);
    takeOut(name);
    renumber();
    const next = draftOf(order[Math.min(place, order.length - 1)]);
    const focus = next?.querySelector("h3") ?? one("[data-restore]");
    focus.focus({ preventScroll: true });
    bring(focus);
    frame.say(told("dropped", { total: order.length }));
  }

  function restore(button) {
    const { name } = button.dataset;
    const place = Math.min(dropped.get(name), order.length);
    const before = draftOf(order[place]);
    if (before) before.before(taken.get(name));
    else one(".drafts").append(taken.get(name));
    dropped.delete(name);
    taken.delete(name);
    order.splice(place, 0, name);
    renumber();
    const heading = draftOf(name).querySelector("h3");
    heading.focus({ preventScroll: true });
    bring(heading);
    frame.say(told("restored", { number: place + 1 }));
  }

  function showDropped() {
    const holder = one("[data-dropped]");
    holder.hidden = taken.size === 0;
    const items = [...taken.keys()].map((name) => {
      const item = document.createElement("li");
      const words = document.createElement("span");
      words.className = "asks";
      words.id = `dropped-${name}`;
      words.textContent = taken.get(name).querySelector("[data-wording]").textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet-button";
      button.dataset.restore = "";
      button.dataset.name = name;
      button.setAttribute("aria-describedby", words.id);
      button.textContent = told("restore");
      item.append(words, button);
      return item;
    });
    holder.querySelector("ul").replaceChildren(...items);
  }

  // --- Wording

  const editOf = (name) => edits[frame.language()].get(name);

  function showWording(card) {
    const wording = card.querySelector("[data-wording]");
    const then = card.querySelector("[data-then]");
    wording.dataset.ours ??= wording.textContent;
    then.dataset.ours ??= then.textContent;
    const edit = editOf(card.dataset.name);
    wording.textContent = edit?.wording ?? wording.dataset.ours;
    then.textContent = edit?.then ?? then.dataset.ours;
    card.querySelector("[data-edited]").hidden = !edit;
    card.querySelector("[data-outside]").hidden = !edit?.outside;
  }

  function edit(card, on) {
    const form = card.querySelector("[data-editing]");
    form.hidden = !on;
    card.querySelector("[data-wording]").hidden = on;
    card.querySelector(".ground.then").hidden = on;
    const tool = card.querySelector("[data-edit]");
    tool.hidden = on;
    if (!on) {
      tool.focus({ preventScroll: true });
      return;
    }
    form.elements.wording.value = card.querySelector("[data-wording]").textContent;
    form.elements.then.value = card.querySelector("[data-then]").textContent;
    form.elements.wording.focus();
  }

  async function keep(form) {
    const card = form.closest(".draft");
    const { name } = card.dataset;
    const spoken = frame.language();
    const answer = await frame.ask("hearing", "check", {
      ...drafted,
      names: [name],
      wordings: [form.elements.wording.value],
      thens: [form.elements.then.value],
    });
    if (answer === null) return;
    if (answer.edited) edits[spoken].set(name, answer);
    else edits[spoken].delete(name);
    showWording(card);
    edit(card, false);
  }

  function undo(button) {
    const card = button.closest(".draft");
    edits[frame.language()].delete(card.dataset.name);
    showWording(card);
    edit(card, false);
  }

  // --- Copying and saving

  function copy(button) {
    const card = button.closest(".draft");
    const read = (selector) => card.querySelector(selector).textContent;
    const edited = editOf(card.dataset.name) ? [`(${told("edited")})`] : [];
    const text = [
      read("[data-wording]"), ...edited, card.dataset.quoted,
      `${told("then")} ${read("[data-then]")}`, card.dataset.cited,
    ];
    frame.copy(text.join("\n\n"));
  }

  async function save(button) {
    button.disabled = true;
    await frame.ask("hearing", "paper", {
      ...drafted,
      kind: button.dataset.saveDrafts,
      more: picked.more,
      names: order,
      wordings: order.map((name) => editOf(name)?.wording ?? ""),
      thens: order.map((name) => editOf(name)?.then ?? ""),
    });
    button.disabled = false;
  }

  // --- Sources: a mark opens its card, and Escape leads back

  function showSource(mark) {
    const quotation = document.getElementById(mark.hash.slice(1));
    const card = quotation?.closest("details.source");
    if (!card) return;
    open = { card: card.id, quotation: quotation.id, mark };
    reopen();
    card.closest(".card-sources").open = true;
    card.querySelector("summary").focus({ preventScroll: true });
    bring(card);
  }

  function pressCard(summary) {
    const { id } = summary.parentElement;
    const quotation = summary.parentElement.querySelector("mark")?.id;
    open = open?.card === id ? null : { card: id, quotation, mark: null };
    reopen();
  }

  function reopen() {
    for (const card of all("details.source")) card.open = card.id === open?.card;
    for (const mark of all(".cite")) {
      mark.classList.toggle("current", mark.hash === `#${open?.quotation}`);
    }
    for (const each of all(".passage mark")) {
      each.classList.toggle("current", each.id === open?.quotation);
    }
  }

  function closeSource(summary) {
    const back = open?.mark ?? summary;
    open = null;
    reopen();
    back.focus({ preventScroll: true });
    bring(back);
  }

  // --- What is pressed

  frame.press("[data-subjects]", chooseAll);
  frame.press("[data-up]", (button) => move(button, -1));
  frame.press("[data-down]", (button) => move(button, 1));
  frame.press("[data-drop]", drop);
  frame.press("[data-restore]", restore);
  frame.press("[data-edit]", (button) => edit(button.closest(".draft"), true));
  frame.press("[data-undo]", undo);
  frame.press("[data-copy-draft]", copy);
  frame.press("[data-save-drafts]", save);
  frame.press("[data-to-saving]", () => {
    bring(one("#saving"), "start");
    one("#saving").focus({ preventScroll: true });
  });
  frame.press(".cite", showSource);
  frame.press("details.source > summary", pressCard);
  frame.press("[data-close-source]", (button) =>
    closeSource(button.closest("details").querySelector("summary")));

  document.addEventListener("change", (event) => {
    if (event.target.closest(".hearing-form")) choose(event.target);
    if (event.target.matches("[data-with-more]")) picked.more = event.target.checked;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-hearing-form]")) {
      event.preventDefault();
      start(event.target);
    } else if (event.target.matches("[data-editing]")) {
      event.preventDefault();
      keep(event.target);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const source = event.target.closest("details.source[open]");
    const editing = event.target.closest("[data-editing]");
    if (source) closeSource(source.querySelector("summary"));
    else if (editing) edit(editing.closest(".draft"), false);
  });

  frame.on("ready", showForm);
  frame.on("drawn", () => { if (one(".hearing-form")) showForm(); });
  frame.on("language", async () => {
    if (drafted && await draw()) await searchMore();
  });
})();
