// Answers queries over the index of an edition (search/index.json) with MiniSearch; touches no page.
//
// MiniSearch indexes, ranks and forgives slips. Before it, a query is cut, from the left, into the
// longest pieces that stand somewhere in the edition, so that joined Chinese words answer although
// they stand nowhere in one piece, and what stands nowhere finds nothing.

const FIELDS = { title: 8, name: 8, also: 5, trail: 2, text: 1 };
const KINDS = { page: 1.25, section: 1, figure: 0.95, term: 1.1, row: 0.4, area: 1.2 };
// Words of questions: nothing is left out for want of them.
const COURTESY = new Set(("是什么意思 什么意思 是什么 什么是 什么 有多少 是多少 多少 怎么样 怎么 怎样 如何 哪里 有没有 请问 数量 情况 "
  + "a an and are by did do does for from has have how in is many much of on or per the to was what which with").split(" "));
const LONGEST = 120, ENOUGH = 1.5; // so much of a query is read; so much of it is known for each letter that is not
const HAN = /\p{Script=Han}/u, JOINTS = /[^a-z0-9]+/;
const RUNS = /\p{Script=Han}+|[a-z0-9]+(?:[&._+'’,-][a-z0-9]+)*/gu;
const CHUNKS = new RegExp(`(?:${RUNS.source})+`, "gu"), UNITS = /\p{Script=Han}|[^\p{Script=Han}]+/gu;

const fold = (text) => text.normalize("NFKC").toLowerCase();
const plain = (run) => run.split(JOINTS).join("");
const size = (texts) => texts.join("").replace(/\p{Script=Han}/gu, "##").length;

// MiniSearch looks through first letters one by one; for thousands of Han characters that is slow: pairs go by numbers.
const numbers = new Map();
const numberOf = (pair) => numbers.get(pair) || numbers.set(pair, `#${numbers.size.toString(36)}`).get(pair);

/** Terms of a folded text: pairs of Han characters; words and numbers without joints, and their parts. */
function tokenize(text) {
  const terms = [];
  for (const run of text.match(RUNS) || []) {
    if (HAN.test(run)) for (let at = 2; at <= run.length; at += 1) terms.push(numberOf(run.slice(at - 2, at)));
    else terms.push(...(JOINTS.test(run) ? [plain(run), ...run.split(JOINTS)] : [run]));
  }
  return terms;
}

/** One term for one and many. */
const processTerm = (term) => (term.length > 3 ? term.replace(/([a-z])(?:ies|y)$|([a-rt-z])s$/, "$1$2") : term);

// What stands before a word or a number of its own. Browsers of 2022 refuse a script that looks behind, so
// a search takes what stands before along, and a mark is looked at after it is found.
const BEFORE = "(?:^|[^a-z0-9.,]|(?:^|[^0-9])[.,])", WITHIN = /(?:[a-z0-9]|\d[.,])$/i;

/** Words as they may be written: 1 is not in 15, R&D is rd, patents are patent. */
function pattern(words) {
  const letters = (run) => [...plain(run)].join("[&._+'’,-]?") + (/\d$/.test(run) ? "(?![.,]?\\d)" : "(?:ies|y|s)?\\b");
  return words.match(RUNS).map((run) => (HAN.test(run) ? run : letters(run))).join("");
}

/** Whether words stand in a folded text by themselves. */
const stands = (text, words) => new RegExp((/^[a-z0-9]/.test(words.match(RUNS)[0]) ? BEFORE : "") + pattern(words), "u").test(text);

/** Where a text has what is marked: beginning and end of each place. */
function places(text, mark) {
  const found = [];
  for (let hit = mark.exec(text); hit; hit = mark.exec(text)) {
    const isPart = /^[a-z0-9]/i.test(hit[0]) && WITHIN.test(text.slice(Math.max(0, hit.index - 2), hit.index));
    if (isPart) mark.lastIndex = hit.index + 1;
    else found.push([hit.index, mark.lastIndex]);
  }
  return found;
}

/** A text in parts, those that are marked and those between. */
function parted(text, mark) {
  const parts = [];
  let from = 0;
  for (const [start, end] of places(text, mark)) {
    parts.push({ text: text.slice(from, start), mark: false }, { text: text.slice(start, end), mark: true });
    from = end;
  }
  return [...parts, { text: text.slice(from), mark: false }];
}

/** Makes the index of an edition ready for questions, some records at a time so that the page stays awake. */
export async function prepare(index, MiniSearch) {
  const records = index.records.map((entry, id) => {
    const [page, pageTitle, part] = index.pages[entry.p];
    const trail = (entry.k === "page" ? [part] : [part, pageTitle, ...(entry.h || [])]).filter(Boolean).join(" › ");
    const shown = { title: entry.t, name: entry.n || "", also: entry.e || "", trail, text: entry.x || "" };
    const folded = Object.fromEntries(Object.entries(shown).map(([field, text]) => [field, fold(text)]));
    const address = entry.i ? `figures/${entry.i[0]}/` : [page, entry.a].filter(Boolean).join("#");
    return { id, ...folded, kind: entry.k, address, picture: entry.i, shown, all: Object.values(folded).join("\n"),
      names: [folded.title, folded.name, ...folded.also.split(" · ")] };
  });
  const mini = new MiniSearch({ fields: Object.keys(FIELDS), tokenize, processTerm });
  await mini.addAllAsync(records, { chunkSize: 100 });
  const typed = index.typed.flatMap(([word, ...ways]) => ways.map((way) => [fold(way), fold(word)]));
  const join = (some) => [...some.map((record) => record.all), ...typed.map(([way]) => way)].join("\n");
  return { records, mini, typed, everything: MiniSearch.wildcard, kinds: index.kinds, corpus: join(records),
    prose: join(records.filter((record) => record.kind !== "row" && record.kind !== "area")) };
}

/** What MiniSearch is asked for some words: all their terms. It has none of a single Han character. */
function ask({ mini, everything }, words) {
  const queries = words.match(RUNS).filter((run) => run.length > 1 || !HAN.test(run)).map((run) => {
    if (HAN.test(run)) return { queries: [run], combineWith: "AND" };
    const exact = { queries: [plain(run)], prefix: plain(run).length > 2 };
    return mini.search(exact).length ? exact : { queries: exact.queries, fuzzy: /^\D{5,}$/.test(run) && 0.2 };
  });
  return queries.length ? { queries, combineWith: "AND" } : everything;
}

/** A piece of a query, and the words that it stands for: itself, or what is spelt so; none if it is unknown. */
function piece(ready, text, stood) {
  const spelt = (isIt) => ready.typed.filter(([way]) => isIt(way)).map(([, word]) => word);
  const isKnown = stood || (!HAN.test(text) && ready.mini.search(ask(ready, text)).length > 0);
  const known = [...(isKnown ? [text] : []), ...spelt((way) => way === text)];
  const words = known.length || text.length < 3 ? known : spelt((way) => way.startsWith(text));
  return { text, words, query: { combineWith: "OR", queries: words.map((word) => ask(ready, word)) },
    meets: ({ all }) => words.some((word) => !HAN.test(word) || stands(all, word)) };
}

/** Cuts a query, from the left, into the longest pieces that stand somewhere; one Han character alone is none. */
function cut(ready, units, isAlone = units.length === 1) {
  const first = (to) => units.slice(0, to).join("");
  const reach = (text, to = 1) => (to < units.length && stands(text, first(to + 1)) ? reach(text, to + 1) : to);
  // Rows of long tables decide only where prose does not: the title of a source would be one piece, and lead there alone.
  const to = reach(ready.prose) > 1 ? reach(ready.prose) : reach(ready.corpus), rest = units.slice(to);
  const isWhole = to > 1 || (isAlone && HAN.test(units[0]));
  return [piece(ready, first(to), isWhole), ...(rest.length ? cut(ready, rest, false) : [])];
}

/** Answers a query: `results`, `unknown` (what stands nowhere) and `partial` (no place has all of it). */
export function find(ready, query) {
  const pieces = (fold(query.slice(0, LONGEST)).match(CHUNKS) || []).flatMap((chunk) => cut(ready, chunk.match(UNITS)));
  const known = pieces.filter((one) => one.words.length), meant = known.filter((one) => !COURTESY.has(one.text));
  const unknown = pieces.filter((one) => !one.words.length).map((one) => one.text);
  const needed = meant.length || unknown.length ? meant : known;
  if (size(needed.map((one) => one.text)) <= ENOUGH * size(unknown)) return { results: [], unknown, partial: false };
  // As it was typed, and with what is meant by its short forms: the page of that name comes first for both.
  const said = [needed.map(({ words }) => words[0]), needed.map(({ words }) => words[words.length - 1])];
  const wholes = said.map((words) => words.join(HAN.test(words[0]) ? "" : " "));
  const named = (names) => (wholes.some((whole) => names.includes(whole)) ? 2.5
    : wholes.some((whole) => names.some((name) => name.startsWith(whole))) ? 1.3 : 1);
  const search = (combineWith, isMet) => ready.mini.search({ combineWith, queries: needed.map((one) => one.query) }, {
    boost: FIELDS, filter: ({ id }) => needed[isMet]((one) => one.meets(ready.records[id])),
    boostDocument: (id) => KINDS[ready.records[id].kind] * named(ready.records[id].names) });
  const full = search("AND", "every");
  const found = full.length ? full : search("OR", "some").filter((one, _, [top]) => one.score > top.score / 3);
  const words = needed.flatMap((one) => one.words), isShown = (term) => !term.startsWith("#");
  const results = found.map(({ id, terms }) => present(ready.records[id], [...words, ...terms.filter(isShown)]));
  return { results, unknown, partial: !full.length };
}

/** A result; what it shows is worked out when it is looked at. */
function present({ kind, address, picture, shown }, needles) {
  const mark = new RegExp(needles.map(pattern).join("|"), "giu");
  const marked = (text) => (text ? parted(text, mark) : []);
  return { kind, address, picture, trail: shown.trail, get title() { return marked(shown.title); },
    get name() { return marked(shown.name); }, get snippet() { return marked(stretch(shown.text, mark)); } };
}

/** The stretch of a text that has most of what is marked, from the beginning of a sentence if that is near. */
function stretch(text, mark) {
  const long = HAN.test(text) ? 90 : 180, short = new RegExp(`.{1,${long}}(?!\\w)`, "u");
  const parts = text.match(new RegExp(`.{1,${long}}?(?:[。！？；]|[.!?] |$)|${short.source}|.`, "gu")) || [];
  const marked = (part) => places(part, mark).map(([start, end]) => part.slice(start, end));
  const kinds = parts.map((part) => new Set(marked(part)).size), best = kinds.indexOf(Math.max(...kinds));
  const rest = parts.slice(best).join("").trim(), [shown] = rest.match(short) || [rest];
  return `${best > 0 ? "…" : ""}${shown}${shown.length < rest.length ? "…" : ""}`;
}
