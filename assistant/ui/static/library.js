// What the Library does in the browser: it asks for the list or the document that is wanted, and
// keeps the address in step. What was typed into the search box never stands in an address.
"use strict";

(() => {
  const { one, all, still } = frame;
  const root = document.documentElement;
  const CHOICES = ["shelf", "kind", "standing", "year"];
  let words = "";
  let listed = null; // where the list was scrolled to when a document was opened
  let kept = ""; // the section to be at in the other language
  let asked = 0;

  const here = () => new URL(window.location);
  const asks = (name) => here().searchParams.get(name) ?? "";

  async function look() {
    const number = ++asked;
    const wanted = Object.fromEntries(["doc", ...CHOICES].map((name) => [name, asks(name)]));
    const answer = await frame.ask("library", "look", { ...wanted, words });
    if (answer === null || number !== asked) return null;
    root.dataset.view = wanted.doc ? "document" : "list";
    frame.titled(answer.title ?? "");
    return answer;
  }

  // --- The address: a document and a section, or the choices of the list.

  function at(changes, hash = "") {
    const url = here();
    for (const [name, value] of Object.entries(changes)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    url.hash = hash;
    return url;
  }

  async function open(url) {
    if (!asks("doc")) listed = window.scrollY;
    window.history.pushState(null, "", url);
    if ((await look()) !== null) arrive();
  }

  function arrive() {
    const section = document.getElementById(window.location.hash.slice(1));
    const heading = one("#document");
    const goal = section?.closest("#part-library") ? section : heading;
    goal?.focus({ preventScroll: true });
    if (goal === heading) window.scrollTo({ top: 0 });
    else goal.scrollIntoView({ block: "start" });
  }

  async function back() {
    window.history.pushState(null, "", at({ doc: "" }));
    if ((await look()) === null) return;
    window.scrollTo({ top: listed ?? 0 });
    one("#words").focus({ preventScroll: true });
  }

  window.addEventListener("popstate", async () => {
    if ((await look()) === null) return;
    if (asks("doc")) arrive();
    else window.scrollTo({ top: listed ?? 0 });
  });

  // --- Searching and choosing

  async function search() {
    words = one("#words").value.trim();
    const changes = Object.fromEntries(
      CHOICES.map((name) => [name, one(`[data-choice][name="${name}"]`).value]),
    );
    window.history.replaceState(null, "", at({ ...changes, doc: "" }));
    listed = null;
    await look();
    const count = one("#part-library .count h2");
    if (count) frame.say(count.textContent);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-search]")) return;
    event.preventDefault();
    search();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choice]")) search();
  });
  document.addEventListener("search", (event) => {
    if (event.target.matches("#words") && !event.target.value && words) search();
  });

  function showAll() {
    one("#words").value = "";
    for (const choice of all("[data-choice]")) choice.value = "";
    search();
    one("#words").focus();
  }

  // The form is drawn anew in the other language; what was typed and chosen is put back.
  frame.on("drawn", () => {
    const box = one("#words");
    if (!box || box.dataset.filled === frame.language()) return;
    box.dataset.filled = frame.language();
    box.value = words;
    for (const choice of all("[data-choice]")) choice.value = asks(choice.name);
    if (CHOICES.some(asks)) one(".narrow").open = true;
  });

  // --- Reading

  const plainly = (event) => !(event.metaKey || event.ctrlKey || event.shiftKey);

  function follow(link, event, does) {
    if (plainly(event)) does();
    else window.open(link.href, "_blank");
  }

  frame.press("[data-copy-link]", (link) => {
    window.history.replaceState(null, "", link.href);
    frame.copy(link.href, "library.link_copied");
  });
  frame.press("[data-section]", (link) => {
    window.history.pushState(null, "", link.href);
    const section = document.getElementById(link.hash.slice(1));
    section.focus({ preventScroll: true });
    section.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
  });
  frame.press("[data-doc]", (link, event) => follow(link, event, () => open(link.href)));
  frame.press("[data-back]", (link, event) => follow(link, event, back));
  frame.press("[data-all]", showAll);
  frame.press("[data-twin]", (link, event) => follow(link, event, () => {
    window.history.replaceState(null, "", link.hash || window.location.href);
    frame.speak(link.dataset.twin);
    kept = link.hash.slice(1);
  }));

  // The other language opens at the section that stands at the top of the window.
  function topmost() {
    const sections = all('#part-library section[id^="section-"]');
    return sections.filter((each) => each.getBoundingClientRect().top < 120).at(-1)?.id;
  }

  frame.on("turning", () => { kept = topmost() ?? window.location.hash.slice(1); });
  frame.on("language", async () => {
    if ((await look()) !== null) document.getElementById(kept)?.scrollIntoView({ block: "start" });
  });

  frame.on("ready", async () => {
    if ((await look()) !== null && window.location.hash) arrive();
  });
})();
