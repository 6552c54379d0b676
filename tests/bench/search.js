// The page's side of tests/bench/search.py: one function for each way to search.  Each takes
// queries and returns, for each, its first results as lists of addresses.

const FIRST = 5;
const json = async (name) => (await fetch(name)).json();

function script(name) {
  return new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = name;
    tag.addEventListener("load", resolve);
    tag.addEventListener("error", reject);
    document.head.append(tag);
  });
}

async function cutting(queries) {
  let engine;
  window.report = { give: (value) => { engine = value; } };
  await Promise.all(["/minisearch.js", "/search-engine.js"].map(script));
  const ready = await engine.prepare(await json("/index.json"), await json("/words.json"), window.MiniSearch);
  return queries.map((query) => engine.find(ready, query).results.slice(0, FIRST).map((one) => [one.address]));
}

async function sphinx(queries) {
  window.DOCUMENTATION_OPTIONS = { URL_ROOT: "./", LINK_SUFFIX: ".html", FILE_SUFFIX: ".html" };
  for (const name of ["/doctools.js", "/language_data.js", "/sphinx_highlight.js", "/searchtools.js"]) {
    await script(name);
  }
  // Search is a constant of a classic script: only another classic script sees it.
  window.sphinxIndex = await json("/sphinx.json");
  window.sphinxQueries = queries;
  await script("/sphinx-ask.js");
  return window.sphinxAnswers.map((rows) => rows.slice(0, FIRST).map((row) => [`${row[0]}.html${row[2]}`]));
}

async function pagefind(queries) {
  const engine = await import("/pagefind/pagefind.js");
  const found = [];
  for (const query of queries) {
    const { results } = await engine.search(query);
    const rows = await Promise.all(results.slice(0, FIRST).map((one) => one.data()));
    found.push(rows.map((row) => [row.url, ...row.sub_results.map((one) => one.url)].map(inside)));
  }
  return found;
}

const inside = (url) => decodeURI(url).replace(/^\//, "").replace(/\/$/, "/index.html").replace(/^$/, "index.html");

const HAN = /\p{Script=Han}+/gu;
const pairs = (run) => (run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)));

/** Han text as pairs of characters, other text as words. */
function tokens(text) {
  const plain = text.normalize("NFKC").toLowerCase();
  const others = plain.replace(HAN, " ").split(/[^\p{L}\p{N}&._-]+/u);
  return [...(plain.match(HAN) || []).flatMap(pairs), ...others].filter(Boolean);
}

async function minisearch(queries) {
  await script("/minisearch.js");
  const index = await json("/index.json");
  const engine = new MiniSearch({ fields: ["t", "n", "e", "h", "x"], tokenize: tokens, processTerm: (term) => term,
    searchOptions: { boost: { t: 8, n: 8, e: 5, h: 2 }, combineWith: "AND",
      prefix: (term) => /^[a-z]{3,}/.test(term), fuzzy: (term) => (/^[a-z]{5,}/.test(term) ? 0.2 : false) } });
  engine.addAll(index.records.map((one, id) => ({ id, t: one.t, n: one.n || "", e: one.e || "",
    h: [index.pages[one.p][1], ...(one.h || [])].join(" "), x: one.x || "" })));
  return queries.map((query) => engine.search(query).slice(0, FIRST)
    .map((one) => [address(index, index.records[one.id])]));
}

function address(index, record) {
  if (record.i) return `figures/${record.i[0]}/`;
  const page = index.pages[record.p][0];
  return record.a ? `${page}#${record.a}` : page;
}

export const ways = { sphinx, pagefind, minisearch, cutting };
