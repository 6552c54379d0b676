/* The atlas: another view in the place of this one, one form at a time, a map that keys walk over,
   and a table that sorts. Without it every view is a page, and every form stands on it. */
(function () {
"use strict";
const FORMS = ["atlas-map", "atlas-tiles", "atlas-ranking", "atlas-table"];
const ARROWS = { ArrowUp: "up", ArrowRight: "right", ArrowDown: "down", ArrowLeft: "left" };
const words = document.documentElement.lang === "en"
  ? { sort: "Sort", list: "Districts: ", stop: "; " }
  : { sort: "排序", list: "区县：", stop: "；" };
let chosen = ""; // the unit that is looked at; it stays when the view changes
let form = "";
let asked = 0; // how many views have been asked for: an answer that comes late is dropped
let shown = location.pathname; // the page whose view is shown

const atlas = () => document.querySelector(".atlas");
const all = (query, within = atlas()) => [...within.querySelectorAll(query)];

/* A map has one tab stop: the unit that is looked at, or the first. */
function stop(unit) {
  for (const shape of all(".map-svg[role='listbox'] [data-unit]")) {
    shape.setAttribute("tabindex", shape.dataset.unit === unit ? "0" : "-1");
    shape.setAttribute("aria-selected", shape.dataset.unit === chosen);
  }
}

/* An outline that lies over the neighbours; the shape itself stays where it is, and keeps the focus. */
function mark(shape) {
  const outline = document.createElementNS("http://www.w3.org/2000/svg", "path");
  outline.setAttribute("class", "map-mark");
  outline.setAttribute("d", shape.getAttribute("d"));
  shape.parentNode.after(outline);
}

/* One unit is chosen everywhere: on every map, in the ranking, in the table, in the line below. */
function choose(unit) {
  chosen = unit;
  stop(unit);
  all(".map-mark").forEach((mark) => mark.remove());
  for (const shape of all(`.map-svg [data-unit="${unit}"]`)) mark(shape);
  for (const link of all("td [data-unit], th [data-unit], li [data-unit]")) {
    link.closest("tr, li").classList.toggle("chosen", link.dataset.unit === unit);
  }
  const said = all(`.map-svg [data-unit="${unit}"] title`)[0];
  if (said) all(".atlas-told strong")[0].textContent = said.textContent;
  const own = all(`.atlas-table [data-unit="${unit}"]`)[0];
  const link = all(".atlas-told a")[0];
  link.hidden = !own;
  if (own) link.href = own.href;
}

function page(unit) {
  const link = all(`.atlas-table [data-unit="${unit}"]`)[0];
  if (link) location.href = link.href;
}

/* A map is a list with one tab stop; arrows lead to the neighbour that lies their way. */
function walkable(svg) {
  if (!svg.querySelector("[data-up], [data-down]")) return;
  svg.setAttribute("role", "listbox");
  svg.setAttribute("aria-label", words.list + all(".atlas-title")[0].textContent);
  svg.querySelectorAll(".map-units").forEach((group) => group.setAttribute("role", "presentation"));
  for (const shape of all("[data-unit]", svg)) {
    shape.setAttribute("role", "option");
    shape.setAttribute("aria-label", shape.querySelector("title").textContent);
  }
  svg.addEventListener("keydown", (event) => {
    const shape = event.target.closest("[data-unit]");
    if (!shape || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") return page(shape.dataset.unit);
    const ids = all("[data-unit]", svg).map((one) => one.dataset.unit).sort();
    const to = { Home: ids[0], End: ids.at(-1) }[event.key] || shape.dataset[ARROWS[event.key]];
    if (!(event.key in ARROWS) && !to) return;
    event.preventDefault();
    if (!to) return;
    choose(to);
    const there = svg.querySelector(`[data-unit="${to}"]`);
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, at) => {
    const cell = row.cells[at];
    const value = cell.querySelector("data");
    return value ? Number(value.value) : cell.textContent.trim();
  };
  const unknown = (value) => value === "—" || value === "";
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = words.sort;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numbers = all("tbody tr", table).some((row) => typeof key(row, at) === "number");
      const last = (value) => (numbers ? typeof value !== "number" : unknown(value));
      const rows = all("tbody tr", table).sort((one, other) => {
        const [a, b] = [key(one, at), key(other, at)];
        if (last(a) || last(b)) return last(a) - last(b); // what is not known stands last, always
        const order = typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang);
        return down ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}

/* One form at a time; the address says which, so that it can be sent to somebody. */
function show(name) {
  const there = FORMS.filter((one) => document.getElementById(one));
  form = there.includes(name) ? name : there[0];
  atlas().dataset.form = form;
  for (const one of there) document.getElementById(one).hidden = one !== form;
  for (const link of all(".atlas-forms a")) {
    if (link.hash === `#${form}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  // The other edition opens with the same form.
  document.querySelectorAll("a[hreflang]").forEach((link) => { link.hash = form === there[0] ? "" : form; });
  const drawn = form === "atlas-map" || form === "atlas-tiles";
  all(".atlas-told")[0].hidden = !drawn;
}

/* Another view comes from its own page, which is in the same folder: every address still holds. */
async function open(href, keep) {
  const mine = ++asked;
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.status} ${href}`);
  const text = await answer.text();
  if (mine !== asked) return; // another view has been asked for since
  const there = new DOMParser().parseFromString(text, "text/html");
  const found = there.querySelector(".atlas");
  if (!found) throw new Error(`no atlas at ${href}`);
  // The page of all districts says more than its atlas: the way back to it is a page of its own.
  if (!keep && there.querySelector("h1").textContent !== document.querySelector("h1").textContent) {
    location.reload();
    return;
  }
  if (keep) history.pushState(null, "", href);
  else form = location.hash.slice(1);
  shown = location.pathname;
  document.title = there.title;
  const others = there.querySelectorAll("a[hreflang]");
  document.querySelectorAll("a[hreflang]").forEach((link, at) => {
    if (others[at]) link.setAttribute("href", others[at].getAttribute("href"));
  });
  atlas().replaceWith(document.adoptNode(found));
  start();
  announce();
}

/* Says to a screen reader what a choice has changed. */
function announce() {
  let status = document.querySelector(".atlas-status");
  if (!status) {
    status = document.createElement("p");
    status.className = "atlas-status visually-hidden";
    status.setAttribute("role", "status");
    document.querySelector("main").append(status);
  }
  const current = all(".atlas-forms [aria-current]")[0];
  status.textContent = [all(".atlas-title")[0], current, all(".atlas-coverage")[0]]
    .map((one) => one.textContent).join(words.stop);
}

function start() {
  for (const svg of all(".map-svg")) walkable(svg);
  for (const table of all("table.sortable")) sortable(table);
  show(form);
  const units = all(".map-svg[role='listbox'] [data-unit]").map((shape) => shape.dataset.unit).sort();
  if (units.includes(chosen)) choose(chosen);
  else stop(units[0]);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".atlas a[data-atlas]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (link && plain) link.hash = FORMS.includes(location.hash.slice(1)) ? location.hash : "";
  if (link && plain && location.protocol !== "file:") { // from a disk no page can be fetched: it is opened
    event.preventDefault();
    const slug = link.dataset.atlas;
    try {
      await open(link.href, true);
      const same = all(`[data-atlas="${slug}"]`).find((one) => one.offsetParent) || all("summary")[0];
      if (atlas().dataset.view === slug) same.focus();
    } catch {
      location.href = link.href; // the browser says what is wrong
    }
  }
  const other = event.target.closest(".atlas-forms a");
  if (other && plain) {
    event.preventDefault(); // by itself it would take the focus away
    history.pushState(null, "", other.hash);
    show(other.hash.slice(1));
    announce();
    const drawn = document.getElementById(form).getBoundingClientRect();
    if (drawn.top > innerHeight * 0.6) all(".atlas-forms")[0].scrollIntoView({ block: "start" });
  }
  const shape = event.target.closest(".map-svg [data-unit]");
  if (shape && !link) choose(shape.dataset.unit);
});
window.addEventListener("popstate", () => {
  if (!atlas()) return;
  if (location.pathname !== shown) open(location.href, false).catch(() => location.reload());
  else show(location.hash.slice(1));
});
document.addEventListener("focusin", (event) => {
  const shape = event.target.closest?.(".map-svg [data-unit]");
  if (shape && shape.dataset.unit !== chosen) choose(shape.dataset.unit);
});

if (atlas()) {
  form = location.hash.slice(1);
  start();
} else {
  for (const table of document.querySelectorAll("table.sortable")) sortable(table);
}
})();
