// The search as readers see it: suggestions under the field of the masthead, and the page of
// results. What a query finds is the business of search-engine.js and MiniSearch; they, the index
// and its words come once, when a field is entered. Text from the index goes into the page as text alone.
(function () {
"use strict";
const root = document.documentElement;
const isChinese = root.lang.startsWith("zh");
const say = (zh, en) => (isChinese ? zh : en);
const SUGGESTED = 8, LISTED = 20, PAUSE = 150, READ = 2000; // results; milliseconds until a query is asked, and until it was meant
// The form leads to the search page, which stands at the root of the edition.
const home = () => new URL(".", document.querySelector("form[role=search]").action);

let engine;

/** Loads engine and index; once it has failed, the next query tries again. */
function load() {
  engine ??= fetchAll().catch((error) => { engine = undefined; throw error; });
  return engine;
}

async function fetchAll() {
  const file = (name) => report.load(new URL(`search/${name}.js`, home()));
  const [code, index, words] = await Promise.all([report.asset("SearchEngine"), file("index"), file("words"), report.asset("Minisearch")]);
  const ready = await code.prepare(index, words, window.MiniSearch);
  return { find: (query) => code.find(ready, query), kinds: ready.kinds };
}

/** Answers a query, as search-engine.js has it. */
async function search(query) {
  return (await load()).find(query);
}

function make(name, look, ...content) {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...content);
  return made;
}

const marked = (parts) => parts.map((part) => (part.mark ? make("mark", "", part.text) : part.text));

/** A commitment goes by its name; the heading that it stands under follows. */
function heading(result) {
  if (!result.name.length) return make("span", "search-heading", ...marked(result.title));
  const beside = make("span", "search-beside", " · ", ...marked(result.title));
  return make("span", "search-heading", ...marked(result.name), beside);
}

function trail(result, kinds) {
  const kind = kinds[result.kind];
  return [kind, result.trail].filter(Boolean).join(say("：", ": "));
}

function linkTo(result, ...content) {
  const link = make("a", "", ...content);
  link.href = new URL(result.address, home());
  return link;
}

/** Calls after typing has paused; not in the middle of a word that is being composed. */
function whenTyped(field, call) {
  let timer = 0, isComposing = false;
  const later = () => {
    clearTimeout(timer);
    if (!isComposing) timer = setTimeout(call, PAUSE);
  };
  field.addEventListener("compositionstart", () => { isComposing = true; clearTimeout(timer); });
  field.addEventListener("compositionend", () => { isComposing = false; later(); });
  field.addEventListener("input", later);
  return () => clearTimeout(timer);
}

const nothing = (query) => say(`没有找到“${query}”。`, `Nothing was found for “${query}”.`);

/** What is to be said before the results: how the query was read, and what plan and site do not cover. */
function remarks({ slipped, partial, unknown, results: all }) {
  const said = slipped.map(([typed, read]) => say(`“${typed}”按“${read}”找。`, `“${typed}” was read as “${read}”.`));
  if (partial && all.length) said.push(say("没有一处全都提到，下面是部分相符的。", "No place has all of it; these have a part."));
  if (unknown.length && all.length) said.push(say(`本站没有“${unknown.join("")}”。`, `Not on this site: ${unknown.join(" ")}.`));
  return said;
}

/** Suggestions: a list of links that opens below the field; arrows, Escape and Tab move in it. */
function suggest(form) {
  const field = form.querySelector("input[type=search]");
  const panel = form.querySelector(".search-suggestions");
  const lost = panel.firstElementChild; // says that the search did not come
  const status = make("p", "visually-hidden");
  status.setAttribute("role", "status");
  form.append(status);
  let asked = 0;

  const close = () => { asked += 1; panel.hidden = true; status.textContent = ""; };
  const links = () => [...panel.querySelectorAll("a")];
  const show = (said, ...content) => {
    panel.replaceChildren(...content);
    panel.hidden = false;
    status.textContent = said;
  };

  async function run() {
    const query = field.value.trim(), mine = asked += 1;
    if (!query) return close();
    try {
      const { find, kinds } = await load();
      if (mine === asked) answer(query, find(query), kinds);
    } catch {
      if (mine === asked) show("", lost);
    }
  }

  function answer(query, answered, kinds) {
    const { results } = answered, notes = answered.notes.map((note) => make("p", "search-note", note));
    if (!results.length) return show(nothing(query), ...notes, make("p", "", nothing(query)));
    const before = remarks(answered);
    if (before.length) notes.push(make("p", "search-remark", before.join(say("", " "))));
    const items = results.slice(0, SUGGESTED).map((result) => make("li", "",
      linkTo(result, heading(result), make("span", "search-trail", trail(result, kinds)))));
    const all = make("a", "search-all", say(`全部结果（${results.length}）`, `All results (${results.length})`));
    all.href = new URL(`?${new URLSearchParams({ q: query })}`, form.action);
    items.push(make("li", "", all));
    const number = say(`${results.length}条结果，按向下键选择。`, `${results.length} results; press the down key to choose.`);
    show([...answered.notes, ...before, number].join(say("", " ")), ...notes, make("ul", "", ...items));
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !panel.hidden) {
      field.focus(); // opens what is typed there, so it comes first
      close();
      event.preventDefault();
    } else if (step && !panel.hidden && !event.isComposing) {
      const stops = [field, ...links()];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (next) next.focus();
      event.preventDefault();
    }
  }

  const stop = whenTyped(field, run);
  close();
  form.addEventListener("keydown", move);
  form.addEventListener("submit", () => { stop(); close(); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  field.addEventListener("focus", () => { load().catch(() => {}); if (field.value && panel.hidden) run(); });
  if (document.activeElement === field) { load().catch(() => {}); run(); }
}

/** The page of results: the address carries the query, so that it can be sent and gone back to. */
function results(page) {
  const form = page.querySelector("form"), field = page.querySelector("input[type=search]");
  const status = page.querySelector(".search-count"), list = page.querySelector(".search-results");
  const more = page.querySelector(".search-more"), help = page.querySelector(".search-help");
  const remarked = page.querySelector(".search-notes"), lost = document.querySelector(".search-lost");
  const title = document.title;
  let found = [], kinds = {}, asked = 0;

  const fromAddress = () => (new URLSearchParams(location.search).get("q") || "").trim();

  function item(result) {
    const link = linkTo(result, heading(result));
    const parts = [link, make("p", "search-trail", trail(result, kinds)),
      make("p", "search-snippet", ...marked(result.snippet))];
    if (!result.picture) return make("li", "", ...parts);
    const [figure, width, height] = result.picture;
    const image = make("img");
    Object.assign(image, { alt: "", width, height, loading: "lazy",
      src: new URL(`figures/${figure}/narrow.svg#scheme`, home()) });
    return make("li", "has-picture", ...parts, image);
  }

  function extend() {
    const before = list.children.length;
    list.append(...found.slice(before, before + LISTED).map(item));
    more.hidden = list.children.length >= found.length;
    return list.children[before];
  }

  function count(query, answer) {
    if (!answer.results.length) return nothing(query) + say("请换个说法，或者少写几个字；也可以从下面的目录找。",
      " Try other or fewer words, or look through the lists below.");
    const number = say(`${answer.results.length}条结果。`, `${answer.results.length} results.`);
    return [number, ...remarks(answer)].join(say("", " "));
  }

  async function run() {
    const query = fromAddress(), mine = asked += 1;
    document.title = query ? `${query} · ${title}` : title;
    document.querySelectorAll("a[hreflang]").forEach((link) => { link.search = location.search; });
    if (!query) return clear("");
    try {
      const ready = await load();
      if (mine !== asked) return undefined;
      const answer = ready.find(query);
      clear(count(query, answer));
      remarked.replaceChildren(...answer.notes.map((note) => make("p", "search-notice", note)));
      found = answer.results;
      kinds = ready.kinds;
      help.hidden = found.length > 0;
      extend();
    } catch {
      if (mine === asked) clear("", lost.cloneNode(true));
    }
    return undefined;
  }

  function clear(said, ...told) {
    found = [];
    list.replaceChildren();
    remarked.replaceChildren(...told);
    more.hidden = true;
    help.hidden = false;
    status.textContent = said;
  }

  function address() {
    const query = field.value.trim();
    const target = new URL(location.href);
    target.hash = "";
    if (query) target.searchParams.set("q", query);
    else target.searchParams.delete("q");
    return target;
  }

  // A query that was meant keeps its place in the history; one that is being typed gives its place to the next.
  let settling = 0;
  const settle = () => { clearTimeout(settling); if (history.state) history.replaceState(null, ""); };
  function keep(state) {
    const isTyping = Boolean(history.state);
    if (address().href !== location.href) history[isTyping ? "replaceState" : "pushState"](state, "", address());
    clearTimeout(settling);
    settling = setTimeout(settle, READ);
  }

  const stop = whenTyped(field, () => { keep({ typing: true }); run(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stop();
    keep(null);
    settle();
    run();
  });
  list.addEventListener("click", settle);
  addEventListener("popstate", () => { field.value = fromAddress(); run(); });
  more.addEventListener("click", () => extend()?.querySelector("a").focus());
  field.value = fromAddress();
  if (!field.value) field.focus();
  run();
}

document.querySelectorAll("form.search").forEach(suggest);
document.querySelectorAll("[data-search-page]").forEach(results);

report.give({ search });
})();
