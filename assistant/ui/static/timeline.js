// What the Timeline does in the browser: it draws the charts when they come near, opens the source
// of what is pressed, and shows what was in force on the chosen day. Only the tables as files are
// asked for; the chosen day never leaves the tab.
"use strict";

(() => {
  const { one, all, still } = frame;
  const root = document.documentElement;
  const word = (name) => frame.word(`timeline_page.${name}`);
  const EXPORTED = { time: 1000, numbers: 800 }; // pixels wide
  const DAY = 86400000;
  let chosen = null; // the day, once the reader chose one
  let opened = {}; // by chart: the entry whose source is open
  let plotly = null; // a promise of the script

  // --- Drawing

  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) if (isIntersecting) drawChart(target);
  }, { rootMargin: "400px" });

  function fetched(address) {
    plotly ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => done(window.Plotly);
      script.onerror = () => { plotly = null; failed(new Error("no chart")); };
      document.head.append(script);
    });
    return plotly;
  }

  // The figure with the colours of the theme, or of the day for a file, in place of their names.
  function coloured(value, colour) {
    if (typeof value === "string") return value.startsWith("--") ? colour(value.slice(2)) : value;
    if (Array.isArray(value)) return value.map((each) => coloured(each, colour));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, coloured(each, colour)]));
  }

  function figure(chart, colour) {
    const { data, layout } = coloured(JSON.parse(chart.dataset.figure), colour);
    Object.assign(layout, {
      paper_bgcolor: colour("paper"),
      plot_bgcolor: "rgba(0,0,0,0)",
      hovermode: "closest",
      dragmode: false,
      font: { family: getComputedStyle(document.body).fontFamily, color: colour("ink") },
      hoverlabel: {
        bgcolor: colour("raised"), bordercolor: colour("edge"), align: "left",
        font: { size: 14, color: colour("ink") },
      },
    });
    return { data, layout };
  }

  async function drawChart(chart) {
    const theme = document.body.classList.contains("dark") ? "dark" : "light";
    if (chart.dataset.drawn === theme) return;
    chart.dataset.drawn = theme;
    const place = chart.querySelector("[data-drawing]");
    const note = chart.querySelector("[data-drawn-not]");
    try {
      const Plotly = await fetched(chart.dataset.plotly);
      const style = getComputedStyle(root);
      const drawn = figure(chart, (name) => style.getPropertyValue(`--${name}`).trim());
      drawn.layout.shapes = [...(drawn.layout.shapes ?? []), ...lineOf(chart)];
      const bare = !place.querySelector("svg");
      // Another language takes the drawing out of its place, and Plotly does not notice.
      if (bare) Plotly.purge(place);
      await Plotly.react(place, drawn.data, drawn.layout, {
        displayModeBar: false, responsive: true, doubleClick: false, showTips: false,
      });
      note.hidden = true;
      if (bare) {
        place.on("plotly_click", ({ points }) => open(chart.dataset.chart, points[0].customdata));
      }
      chart.dataset.ready = theme;
    } catch {
      delete chart.dataset.drawn;
      note.textContent = word("not_drawn");
    }
  }

  function redraw() {
    for (const chart of all("[data-chart]")) {
      if (chart.dataset.drawn) {
        drawChart(chart);
        continue;
      }
      // What is watched already is told of again only when it is watched anew.
      near.unobserve(chart);
      near.observe(chart);
    }
  }

  // --- The source of what was pressed

  function open(name, entry, move = true) {
    const row = one(`[data-table="${name}"] [data-entry="${entry}"]`);
    const place = one(`[data-picked="${name}"]`);
    if (!row || !place) return;
    opened[name] = entry;
    const heading = document.createElement("h3");
    heading.tabIndex = -1;
    heading.innerHTML = row.querySelector("[data-name]").innerHTML;
    const when = document.createElement("p");
    when.className = "when";
    when.innerHTML = row.querySelector("[data-when]").innerHTML;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "quiet-button";
    close.dataset.closePicked = name;
    close.textContent = word("picked_close");
    const quoted = [...row.querySelector("[data-quoted]").cloneNode(true).childNodes];
    place.replaceChildren(heading, when, ...quoted, close);
    if (!move) return;
    heading.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }

  function shut(name) {
    delete opened[name];
    const none = document.createElement("p");
    none.className = "quiet";
    none.textContent = word("picked_none");
    one(`[data-picked="${name}"]`).replaceChildren(none);
  }

  frame.press("[data-open]", (button) => open("time", button.dataset.open));

  frame.press("[data-close-picked]", (button) => {
    const name = button.dataset.closePicked;
    shut(name);
    one(name === "time" ? ".key summary" : `[data-table="${name}"] summary`).focus({ preventScroll: true });
  });

  frame.press('.chronicle .jumps a, .chronicle a[href^="#"]', (link) => {
    const heading = document.getElementById(link.hash.slice(1));
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ behavior: still() ? "auto" : "smooth" });
  });

  // --- The chosen day

  const days = () => one("[data-day]");
  const number = (day) => Math.round((Date.parse(day) - Date.parse(days().dataset.first)) / DAY);
  const dayOf = (count) => new Date(Date.parse(days().dataset.first) + count * DAY).toISOString().slice(0, 10);
  const spans = () => JSON.parse(days().dataset.spans);
  const fits = (day) => /^\d{4}-\d\d-\d\d$/.test(day) && day >= days().dataset.first && day <= days().dataset.last;
  const said = (day) => new Intl.DateTimeFormat(frame.language() === "es" ? "es-MX" : "en-US", {
    year: "numeric", month: "long", day: "numeric", timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));

  function choose(day) {
    const wrong = one("[data-wrong]");
    if (!fits(day)) {
      const { first, last } = days().dataset;
      wrong.textContent = word("day_wrong").replace("{first}", said(first)).replace("{last}", said(last));
      return;
    }
    wrong.textContent = "";
    chosen = day;
    one("#chosen-day").value = day;
    const slider = one("[data-slider]");
    slider.value = String(number(day));
    slider.setAttribute("aria-valuetext", said(day));
    const names = spans().filter(({ starts }) => starts <= day).at(-1).names;
    for (const item of all("[data-held]")) {
      item.hidden = !names.includes(item.dataset.held);
      const doubt = item.querySelector("[data-doubt]");
      if (doubt) doubt.hidden = day <= doubt.dataset.doubt;
    }
    one("[data-none]").hidden = names.length > 0;
    one("[data-said]").textContent = word(names.length === 1 ? "day_said_one" : "day_said")
      .replace("{date}", said(day)).replace("{count}", names.length);
    one("[data-day-before]").disabled = spans()[0].starts >= day;
    one("[data-day-after]").disabled = spans().at(-1).starts <= day;
    showLine();
  }

  function step(forward) {
    const { first, last } = days().dataset;
    const now = chosen ?? last;
    const starts = spans().map((each) => each.starts);
    const next = forward ? starts.find((day) => day > now) : starts.filter((day) => day < now).at(-1);
    choose(next ?? (forward ? last : first));
  }

  frame.press("[data-day-before]", () => step(false));
  frame.press("[data-day-after]", () => step(true));

  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-slider]")) choose(dayOf(Number(target.value)));
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("#chosen-day")) choose(target.value);
  });

  function lineOf(chart) {
    if (chart.dataset.chart !== "time" || !days()) return [];
    const day = chosen ?? days().dataset.last;
    const colour = getComputedStyle(root).getPropertyValue("--focus").trim();
    return [{
      type: "line", xref: "x", yref: "paper", x0: day, x1: day, y0: 0, y1: 1,
      line: { color: colour, width: 2, dash: "dot" },
    }];
  }

  function showLine() {
    const chart = one('[data-chart="time"][data-ready]');
    if (chart) window.Plotly.relayout(chart.querySelector("[data-drawing]"), { shapes: lineOf(chart) });
  }

  // --- Files

  async function save(name, kind) {
    if (kind === "csv") {
      await frame.ask("timeline", name);
      return;
    }
    const chart = one(`[data-chart="${name}"]`);
    try {
      const Plotly = await fetched(chart.dataset.plotly);
      const light = JSON.parse(chart.dataset.light);
      const { data, layout } = exported(figure(chart, (each) => light[each]), chart, light);
      const { width, height } = layout;
      const drawn = await Plotly.toImage({ data, layout }, { format: "svg", width, height });
      const made = kind === "svg" ? drawing(drawn) : await picture(drawn, width, height);
      frame.save(`${chart.dataset.file}.${kind}`, made);
    } catch {
      frame.say(frame.word("ui.request_failed"), true);
    }
  }

  // A picture leaves its page, so it says itself what it is and how far its sources reach.
  function exported({ data, layout }, chart, light) {
    // The names of the points, which bear only numbers, stand below in two columns.
    const named = chart.dataset.chart === "time" ? all(".key [data-open]") : [];
    const names = named.map((each) => each.textContent);
    const half = Math.ceil(names.length / 2);
    const columns = [names.slice(0, half), names.slice(half)].map((each) => each.join("<br>"));
    const head = 44, foot = 30 + (half ? half * 16 + 24 : 0);
    const { margin } = layout;
    const inner = layout.height - margin.t - margin.b;
    const written = (text, y, anchor, size, x = 0) => ({
      text, x, y, align: "left", xref: "paper", yref: "paper", xanchor: "left", yanchor: anchor,
      showarrow: false, font: { size, color: light[size > 14 ? "ink" : "quiet"] },
    });
    return {
      data,
      layout: {
        ...layout,
        width: EXPORTED[chart.dataset.chart],
        height: layout.height + head + foot,
        margin: { l: 24, r: 24, t: margin.t + head, b: margin.b + foot },
        annotations: [
          ...layout.annotations,
          written(`<b>${chart.dataset.title}</b>`, 1 + (margin.t + 10) / inner, "bottom", 20),
          ...columns.filter(Boolean).map((text, place) =>
            written(text, -(margin.b + 6) / inner, "top", 12, place / 2)),
          written(chart.dataset.foot, -(margin.b + foot - 24) / inner, "top", 12),
        ],
      },
    };
  }

  const drawing = (address) =>
    new Blob([decodeURIComponent(address.slice(address.indexOf(",") + 1))], { type: "image/svg+xml" });

  // Plotly makes pictures by way of an address that the page's own rules forbid, so it is done here.
  async function picture(address, width, height) {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  frame.press("[data-save-time]", (button) => save("time", button.dataset.saveTime));
  frame.press("[data-save-numbers]", (button) => save("numbers", button.dataset.saveNumbers));

  // --- On paper a chart is no wider than the page.

  const PAPER = 660; // pixels, of Letter and of A4
  const sized = (layout) => {
    for (const place of all("[data-chart][data-ready] [data-drawing]")) window.Plotly.relayout(place, layout);
  };
  window.addEventListener("beforeprint", () => sized({ width: PAPER }));
  window.addEventListener("afterprint", () => sized({ width: null, autosize: true }));

  // --- After every redraw: charts again, and what the reader chose and opened.

  frame.on("drawn", () => {
    if (!days()) return;
    redraw();
    if (chosen) choose(chosen);
  });
  frame.on("language", () => {
    for (const [name, entry] of Object.entries(opened)) open(name, entry, false);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => frame.settle());
})();
