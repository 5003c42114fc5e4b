// What the guided check does in the browser: one question at a time, answers held in this variable
// and nowhere else. They are sent along when a result is asked for, and gone with the page.
"use strict";

(() => {
  const { one, all } = frame;
  let step = "start";
  let answers = {};
  let found = false; // whether a result of these answers is in the page
  let open = null; // { card, quotation, mark }: the source that is open, and what opened it

  const steps = () => all(".check .step").map((each) => each.dataset.step);
  const stepOf = (name) => one(`.check [data-step="${name}"]`);

  // --- Which questions are asked: those that make sense beside the answers.

  const makesSense = (form) => {
    const unless = (form.dataset.unless ?? "").split(" ").filter(Boolean);
    return !unless.some((each) => each === `${each.split(":")[0]}:${answers[each.split(":")[0]]}`);
  };
  const asked = () => all(".check form.step").filter(makesSense).map((form) => form.dataset.step);
  const way = () => ["start", ...asked(), "result"];

  // --- Showing

  function show() {
    for (const each of all(".check .step")) each.hidden = each.dataset.step !== step;
    const questions = asked();
    const place = questions.indexOf(step) + 1;
    if (place) {
      const told = frame.word("affected.progress");
      stepOf(step).querySelector(".progress").textContent =
        told.replace("{number}", place).replace("{total}", questions.length);
    }
    for (const choice of all('.check input[type="radio"]')) {
      choice.checked = answers[choice.name] === choice.value;
    }
    one(".check").hidden = step === "result";
    const result = one(".found");
    if (result) result.hidden = step !== "result";
    reopen();
  }

  function go(name) {
    step = name;
    open = null;
    show();
    const heading = name === "result" ? one("[data-result]") : stepOf(name).querySelector("h1");
    window.scrollTo({ top: 0 });
    heading.focus({ preventScroll: true });
  }

  const beside = (by) => way()[way().indexOf(step) + by];

  async function forward(to = beside(1)) {
    if (to !== "result") return go(to);
    for (const button of all("[data-forward]")) button.disabled = true;
    const answer = await frame.ask("found", "result", answers);
    for (const button of all("[data-forward]")) button.disabled = false;
    if (answer !== null) go("result");
  }

  function again() {
    clear();
    go("start");
    frame.say(frame.word("affected.cleared"));
  }

  function clear() {
    answers = {};
    step = "start";
    open = null;
    frame.draw("found", { en: "", es: "" });
  }

  frame.on("ready", show);
  frame.on("drawn", show);

  // A page that the browser keeps for its back button must hold nothing either.
  window.addEventListener("pagehide", () => {
    clear();
    one(".found")?.remove();
    show();
  });

  frame.press("[data-forward]", () => forward());
  frame.press("[data-back]", () => go(beside(-1)));
  frame.press("[data-again]", () => again());
  frame.press("[data-to-result]", () => forward("result"));
  frame.press("[data-skip-question]", () => { delete answers[step]; forward(); });
  frame.press("[data-save]", (button) => save(button));

  // --- Sources

  function showSource(mark) {
    const quotation = document.getElementById(mark.hash.slice(1));
    const card = quotation?.closest("details.source");
    if (!card) return;
    open = { card: card.id, quotation: quotation.id, mark: all(".cite").indexOf(mark) };
    reopen();
    card.querySelector("summary").focus({ preventScroll: true });
    bring(quotation);
  }

  function pressCard(summary) {
    const card = summary.parentElement;
    const quotation = card.querySelector("mark")?.id;
    open = open?.card === card.id ? null : { card: card.id, quotation, mark: -1 };
    reopen();
  }

  function reopen() {
    for (const card of all(".found details.source")) card.open = card.id === open?.card;
    for (const mark of all(".found .cite")) {
      mark.classList.toggle("current", mark.hash === `#${open?.quotation}`);
    }
    for (const each of all(".found .passage mark")) {
      each.classList.toggle("current", each.id === open?.quotation);
    }
  }

  function closeSource() {
    // Found by its place, since a redraw may put another element there.
    const back = all(".cite")[open?.mark] ?? document.getElementById(open?.card)?.firstElementChild;
    open = null;
    reopen();
    back?.focus({ preventScroll: true });
    if (back) bring(back);
  }

  const bring = (what, block = "nearest") =>
    what.scrollIntoView({ block, behavior: frame.still() ? "auto" : "smooth" });

  // A link to a part leaves no trace in the address or among the pages to go back to.
  function jump(link) {
    const heading = one(link.hash);
    heading.focus({ preventScroll: true });
    bring(heading, "start");
  }

  frame.press(".found .cite", showSource);
  frame.press(".found details.source > summary", pressCard);
  frame.press("[data-close-source]", closeSource);
  frame.press("[data-jump]", jump);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(".source[open]")) closeSource();
  });

  async function save(button) {
    button.disabled = true;
    await frame.ask("found", "paper", { ...answers, kind: button.dataset.save });
    button.disabled = false;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches('.check input[type="radio"]')) answers[step] = event.target.value;
  });
})();
