// Answers queries over the index of an edition (search/index.js) and its words (search/words.js) with
// MiniSearch; touches no page. A plain script: pages that are opened as files may load no module.
//
// MiniSearch indexes and ranks. Before it, a query is cut into pieces: first at the names that the
// edition or its readers have for things, written together or apart, then, between names, from the
// left into the longest pieces that stand somewhere. So joined Chinese words answer as they do with
// blanks between them, and what stands nowhere finds nothing.
(function () {
"use strict";
const FIELDS = { title: 8, name: 8, also: 5, trail: 2, text: 1 };
const KINDS = { page: 1.25, section: 1, figure: 0.95, term: 1.1, row: 0.4, area: 1.2 };
// How much more a place counts: readers' words lead there; it is a page of that name; it goes by that name;
// a name of it begins so; a page that goes by one piece of the query.
const LED = 12, PAGE_NAMED = 6, NAMED = 2.5, TERM_NAMED = 1.2, PAGE_BEGUN = 3, BEGUN = 1.3, AREA_NAMED = 6, PIECE_NAMED = 2;
// It stands there as it was typed, or of the year that was asked for; it is a commitment; a term, and a meaning was asked for.
const WHOLE = 2, DATED = 1.2, PROMISE = 1.4, EXPLAINED = 8, CHAPTER = 1.05;
const MEANING = /什么意思|什么是|是什么|定义|含义|^what is|^what are|meaning|^define|definition/;
// Words of questions, and words that hold for the whole site: nothing is left out for want of them.
const COURTESY = new Set(("是什么意思 什么意思 是什么 什么是 什么 有多少 是多少 多少 怎么样 怎么 怎样 如何 哪里 哪些 哪个 有没有 请问 为什么 什么时候 "
  + "在哪里 在哪 查询 多少家 几家 多少个 数量 情况 吗 呢 的 了 和 与 及 有 是 在 年 年底 年末 重庆 重庆市 全市 本市 我市 chongqing city's chongqing's "
  + "a an and are at be by can could did do does find for from get has have how i in is it its many me much my of on or our per mean meaning means define explain please "
  + "show tell that the their there this to was we were what when where which who why will with you your").split(" "));
const YEAR = /^(?:19|20)\d\d$/;
const LONGEST = 120, ENOUGH = 1.5; // so much of a query is read; so much of it is known for each letter that is not
const WIDEST = 24, LEFT = 40; // units of the longest name that a query is searched for; what one unit without a name costs
const HAN = /\p{Script=Han}/u, JOINTS = /[^a-z0-9]+/;
const RUNS = /\p{Script=Han}+|[a-z0-9]+(?:[&._+'’,-][a-z0-9]+)*/gu;
const UNITS = /\p{Script=Han}|[a-z0-9]+(?:[&._+'’,-][a-z0-9]+)*/gu;
const ASIDE = /（[^）]*）|\([^)]*\)|, (?:by )?20\d\d$/g;

const plain = (run) => run.split(JOINTS).join("");
const size = (text) => text.replace(/\p{Script=Han}/gu, "##").length;

/** A text in one width and case, traditional characters as simplified ones. */
function folder([from, to] = ["", ""]) {
  const simple = new Map([...from].map((one, at) => [one, [...to][at]]));
  const traditional = new RegExp(`[${from || "\\0"}]`, "gu");
  return (text) => text.normalize("NFKC").toLowerCase().replace(traditional, (one) => simple.get(one));
}

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

/** What a name is looked up by: it is the same written together or apart, for one and for many. */
const key = (text) => (text.match(UNITS) || []).map((unit) => processTerm(plain(unit) || unit)).join("");

// What stands before a word or a number of its own. Browsers of 2022 refuse a script that looks behind, so
// a search takes what stands before along, and a mark is looked at after it is found.
const BEFORE = "(?:^|[^a-z0-9.,]|(?:^|[^0-9])[.,])", WITHIN = /(?:[a-z0-9]|\d[.,])$/i;

/** Words as they may be written: 1 is not in 15, R&D is rd, patents are patent. */
function pattern(words) {
  const letters = (run) => [...plain(run)].join("[&._+'’,-]?") + (/\d$/.test(run) ? "(?![.,]?\\d)" : "(?:ies|y|s)?\\b");
  return words.match(RUNS).map((run) => (HAN.test(run) ? run : letters(run))).join("[\\s\\p{P}]{0,3}");
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

/** A record of the index with its folded texts, its address, and the keys of its names. */
function record(index, entry, id, fold, leads) {
  const [page, pageTitle, part] = index.pages[entry.p];
  const trail = (entry.k === "page" ? [part] : [part, pageTitle, ...(entry.h || [])]).filter(Boolean).join(" › ");
  const shown = { title: entry.t, name: entry.n || "", also: entry.e || "", trail, text: entry.x || "" };
  const folded = Object.fromEntries(Object.entries(shown).map(([field, text]) => [field, fold(text)]));
  const address = entry.i ? `figures/${entry.i[0]}/` : [page, entry.a].filter(Boolean).join("#");
  const led = (leads.get(address) || []).map(fold);
  const names = [folded.title, folded.name, ...folded.also.split(" · ")].filter(Boolean);
  const ways = new Map(names.flatMap((name) => [name, name.replace(ASIDE, "")]).map((name) => [key(name), name]));
  return { id, ...folded, also: [folded.also, ...led].join(" · "), kind: entry.k, page: entry.p, address,
    picture: entry.i, shown, all: [...Object.values(folded), ...led].join("\n"), ways,
    keys: new Set(ways.keys()), led: new Set(led.map(key)) };
}

/** All names by their keys, each with the words that it stands for. */
function lexicon(records, typed, led) {
  const found = new Map();
  const put = (by, word) => found.set(by, [...new Set([...(found.get(by) || []), word])]);
  for (const { kind, ways } of records.filter((one) => one.kind !== "figure")) {
    // The words of a source are many and nobody's name for it.
    for (const [by, name] of ways) if (kind !== "row" || name.length < WIDEST) put(by, name);
  }
  for (const word of [...led, ...[...COURTESY].filter((one) => HAN.test(one))]) put(key(word), word);
  for (const [, word] of typed) put(key(word), word);
  for (const [way, word] of typed) put(key(way), word);
  found.delete("");
  return found;
}

const single = (word) => word.replace(/([a-rt-z])s$/, "$1");

/** How often each word of letters stands in the edition, to mend slips by; what is misspelt is mostly a name. */
function vocabulary(records) {
  const found = new Map();
  const count = (text, by) => (text.match(/[a-z]{4,}/g) || []).map(single).forEach((word) => found.set(word, (found.get(word) || 0) + by));
  for (const { all, title } of records) [[all, 1], [title, 50]].forEach(([text, by]) => count(text, by));
  return found;
}

/** Makes the index of an edition ready for questions, some records at a time so that the page stays awake. */
async function prepare(index, words, MiniSearch) {
  const fold = folder(words.folds), leads = new Map(words.leads.map(([address, ...ways]) => [address, ways]));
  const records = index.records.map((entry, id) => record(index, entry, id, fold, leads));
  const mini = new MiniSearch({ fields: Object.keys(FIELDS), tokenize, processTerm });
  await mini.addAllAsync(records, { chunkSize: 100 });
  const typed = words.typed.flatMap(([word, ...ways]) => ways.map((way) => [fold(way), fold(word)]));
  const notes = words.notes.flatMap(([note, ...ways]) => ways.map((way) => [key(fold(way)), note]));
  const noted = words.notes.flatMap(([, ...ways]) => ways.map(fold));
  const led = records.flatMap((one) => one.led.size ? one.also.split(" · ") : []);
  const join = (some) => [...some.map(({ all }) => all), ...typed.map(([way]) => way), ...noted].join("\n");
  const chapters = new Set(records.filter(({ name }) => name).map(({ page }) => page));
  // The page of a district is one record, whatever stands on it.
  const shared = new Set(records.filter(({ kind }) => kind !== "page").map(({ page }) => page));
  for (const one of records) one.isAlone = !shared.has(one.page);
  return { records, mini, fold, typed, chapters, notes: new Map(notes), kinds: index.kinds, everything: MiniSearch.wildcard,
    names: lexicon(records, typed, [...led, ...noted]), corpus: join(records),
    prose: join(records.filter(({ kind }) => kind !== "row" && kind !== "area")) };
}

/** What MiniSearch is asked for some words: all their terms. It has none of a single Han character. */
function ask({ everything }, words) {
  const queries = words.match(RUNS).filter((run) => run.length > 1 || !HAN.test(run)).map((run) => (
    HAN.test(run) ? { queries: [run], combineWith: "AND" } : { queries: [plain(run)], prefix: plain(run).length > 2 }));
  return queries.length ? { queries, combineWith: "AND" } : everything;
}

const spelt = ({ typed }, isIt) => typed.filter(([way]) => isIt(way)).map(([, word]) => word);

/** A piece of a query, and the words that it stands for: itself, or what is spelt so; none if it is unknown. */
function piece(ready, text, stood, meant = []) {
  const isKnown = stood || (!HAN.test(text) && ready.mini.search(ask(ready, text)).length > 0);
  const known = [...new Set([...(isKnown ? [text] : []), ...meant])];
  const words = known.length || text.length < 3 ? known : spelt(ready, (way) => way.startsWith(text));
  return { text, words, isNamed: meant.length > 0, keys: new Set([text, ...words].map(key)),
    query: { combineWith: "OR", queries: words.map((word) => ask(ready, word)) },
    meets: ({ all }) => words.some((word) => !HAN.test(word) || stands(all, word)) };
}

/** Cuts Han characters, from the left, into the longest pieces that stand somewhere; one alone is none. */
function cut(ready, units, isAlone = units.length === 1) {
  const first = (to) => units.slice(0, to).join("");
  const reach = (text, to = 1) => (to < units.length && stands(text, first(to + 1)) ? reach(text, to + 1) : to);
  // Rows of long tables decide only where prose does not: the title of a source would be one piece, and lead there alone.
  const to = reach(ready.prose) > 1 ? reach(ready.prose) : reach(ready.corpus), rest = units.slice(to);
  const isWhole = to > 1 || (isAlone && HAN.test(units[0]));
  return [piece(ready, first(to), isWhole), ...(rest.length ? cut(ready, rest, false) : [])];
}

/** The names in a query, as [from, to] in its units: those that together cover most, long ones before short ones. */
function covered({ names }, units) {
  const best = Array.from({ length: units.length + 1 }, () => ({ gain: 0, spans: [] }));
  for (let from = units.length - 1; from >= 0; from -= 1) {
    best[from] = { ...best[from + 1], gain: best[from + 1].gain - LEFT };
    for (let to = Math.min(units.length, from + WIDEST); to > from; to -= 1) {
      const text = units.slice(from, to).map((unit) => unit.text), gain = best[to].gain + size(text.join("")) ** 2;
      if (gain > best[from].gain && names.has(key(text.join(" ")))) best[from] = { gain, spans: [[from, to], ...best[to].spans] };
    }
  }
  return best[0].spans;
}

/** The text of some units as it is shown and looked up: words of letters apart, Han characters together. */
const written = (units) => units.map(({ text }, at) => (at && !(HAN.test(text) && HAN.test(units[at - 1].text)) ? ` ${text}` : text)).join("");

/** Units that no name covers: words by themselves, Han characters by what stands in the edition. */
function between(ready, units) {
  const groups = [];
  for (const unit of units) {
    const last = groups[groups.length - 1];
    if (last && !unit.isApart && HAN.test(unit.text) && HAN.test(last[0])) last.push(unit.text);
    else groups.push([unit.text]);
  }
  return groups.flatMap((group) => cut(ready, group));
}

/** All pieces of a query in its order. */
function read(ready, units) {
  const pieces = [];
  let from = 0;
  for (const [start, end] of [...covered(ready, units), [units.length, units.length]]) {
    pieces.push(...between(ready, units.slice(from, start)));
    const text = written(units.slice(start, end)), meant = end > start ? ready.names.get(key(text)) : [];
    if (end > start) pieces.push(piece(ready, text, HAN.test(text) ? stands(ready.corpus, text) : end - start > 1 && stands(ready.prose, text), meant));
    from = end;
  }
  return pieces;
}

/** Whether two words differ by one slip: a letter wrong, missing, too many, or two changed about; long ones by two. */
function slips(one, other) {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let before = [], row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1], isTurned = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !isSame, isTurned ? before[j - 2] + 1 : 9);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}

/** The word that was probably meant by one that is unknown; nothing if there is none. */
function mended(ready, word) {
  if (!/^[a-z]{4,}$/.test(word)) return "";
  ready.vocabulary ??= vocabulary(ready.records); // most queries have no slips
  const most = word.length > 7 ? 2 : 1, ways = ready.typed.filter(([way]) => /^[a-z]{5,}$/.test(way)).map(([way]) => [way, 1]);
  const near = [...ready.vocabulary, ...ways].map(([other, often]) => [slips(single(word), other), -often, other]).filter(([far]) => far <= most);
  const first = near.sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
  return first ? first[2] : "";
}

/** Pinyin of several names written together, as units; nothing if some of it is no name. */
function apart({ typed }, word) {
  const ways = new Set(typed.map(([way]) => way).filter((way) => /^[a-z]{4,}$/.test(way)));
  const split = (rest) => {
    if (!rest) return [];
    for (let to = rest.length; to > 3; to -= 1) {
      const more = ways.has(rest.slice(0, to)) && split(rest.slice(to));
      if (more) return [rest.slice(0, to), ...more];
    }
    return null;
  };
  return split(word);
}

/** Letters that begin the pinyin of some names, as one unit of them; nothing if they begin none. */
function begun({ typed }, units) {
  const text = units.map((unit) => unit.text).join("");
  return units.length > 1 && text.length > 5 && /^[a-z]+$/.test(text) && typed.some(([way]) => way.startsWith(text)) ? [{ text, isApart: true }] : null;
}

/** A name of Han characters that differs in one of them from a stretch of the query, in its place. */
function corrected({ names }, units, odd) {
  const han = [...names.keys()].filter((name) => /^\p{Script=Han}{4,12}$/u.test(name));
  for (let length = Math.min(12, units.length); length > 3; length -= 1) {
    for (let from = 0; from + length <= units.length; from += 1) {
      const text = units.slice(from, from + length).map((unit) => unit.text), isOdd = text.some((one) => odd.has(one));
      const name = isOdd && han.find((one) => one.length === length && text.filter((unit, at) => unit !== one[at]).length === 1);
      if (name) return { typed: text.join(""), name, units: [...units.slice(0, from), { text: name, isApart: true }, ...units.slice(from + length)] };
    }
  }
  return null;
}

/** The units of a folded query; one that follows a blank or a mark stands apart. */
const unitsOf = (text) => [...text.matchAll(UNITS)].map((hit) => ({ text: hit[0], isApart: hit.index > 0 && !/[a-z0-9\p{Script=Han}]/u.test(text[hit.index - 1]) }));

/** The pieces of a query, slips mended where the query is unknown without; and what was mended. */
function understood(ready, query) {
  const units = unitsOf(ready.fold(query.slice(0, LONGEST))), pieces = read(ready, units);
  const odd = new Set(pieces.filter((one) => !one.words.length).map((one) => one.text)), slipped = [];
  const name = odd.size && corrected(ready, units, odd), beginning = odd.size && begun(ready, units);
  if (name) return { pieces: read(ready, name.units.flatMap(({ text, isApart }) => [...unitsOf(text)].map((unit, at) => ({ ...unit, isApart: isApart && !at })))), slipped: [[name.typed, name.name]] };
  if (beginning) return { pieces: read(ready, beginning), slipped };
  const better = units.flatMap((unit) => {
    if (!odd.has(unit.text) || HAN.test(unit.text)) return [unit];
    const parts = apart(ready, unit.text) || [mended(ready, unit.text)].filter(Boolean);
    if (parts.length === 1) slipped.push([unit.text, parts[0]]);
    return parts.length ? parts.map((text) => ({ text, isApart: true })) : [unit];
  });
  return odd.size ? { pieces: read(ready, better), slipped } : { pieces, slipped };
}

/** How much more a record counts for its names. */
function named({ kind, keys, led, isAlone }, wholes, needed) {
  if (wholes.some((whole) => led.has(whole))) return LED;
  if (wholes.some((whole) => keys.has(whole))) return { page: PAGE_NAMED, term: TERM_NAMED }[kind] || NAMED;
  const isOf = (one) => kind === "page" && [...one.keys].some((way) => keys.has(way));
  if (needed.length > 1 && needed.some(isOf)) return isAlone ? AREA_NAMED : PIECE_NAMED;
  if (needed.some((one) => [...one.keys].some((way) => led.has(way)))) return BEGUN;
  const isBegun = kind !== "term" && wholes.some((whole) => [...keys].some((name) => name.startsWith(whole)));
  return isBegun ? { page: PAGE_BEGUN }[kind] || BEGUN : 1;
}

/** Every record that has a piece of a query: how much it counts, how much of the query it has, and the words it has. */
function counted(ready, needed, years, isMeaning) {
  const found = new Map();
  for (const one of needed) {
    const options = { boost: FIELDS, filter: ({ id }) => one.meets(ready.records[id]) };
    for (const { id, score, terms } of ready.mini.search(one.query, options)) {
      const before = found.get(id) || { id, score: 0, has: 0, terms: [] };
      found.set(id, { id, score: before.score + score, has: before.has + size(one.text), terms: [...before.terms, ...terms] });
    }
  }
  const all = needed.reduce((sum, one) => sum + size(one.text), 0), typed = written(needed);
  const wholes = [...new Set([needed.map(({ text }) => text), needed.map(({ words }) => words[0]), needed.map(({ words }) => words[words.length - 1])]
    .map((words) => key(words.join(" "))))];
  return [...found.values()].map((one) => {
    const place = ready.records[one.id], names = named(place, wholes, needed), share = one.has / all;
    const more = [years.length && years.every((year) => stands(place.all, year)) && DATED, place.name && PROMISE,
      isMeaning && place.kind === "term" && names > 1 && EXPLAINED, needed.length > 1 && stands(place.all, typed) && WHOLE];
    const score = more.filter(Boolean).reduce((product, by) => product * by, one.score * KINDS[place.kind] * names);
    return { ...one, place, names, isFull: share > 0.999, score: score * share ** 2 };
  });
}

/** Lifts a chapter above those of its own figures and passages that do not go by the name that was asked for. */
function lifted({ chapters }, found) {
  const most = new Map();
  for (const { place, names, score } of found.filter((one) => one.isFull)) {
    if (names < NAMED && !place.name) most.set(place.page, Math.max(most.get(place.page) || 0, score));
  }
  return found.map((one) => (one.place.kind === "page" && one.isFull && chapters.has(one.place.page)
    ? { ...one, score: Math.max(one.score, CHAPTER * (most.get(one.place.page) || 0)) } : one));
}

/** Answers a query: `results`, `unknown` (what stands nowhere), `partial` (no place has all of it), `slipped`, `notes`. */
function find(ready, query) {
  const { pieces, slipped } = understood(ready, query);
  const known = pieces.filter((one) => one.words.length), isMeant = (one) => !COURTESY.has(one.text) && !YEAR.test(one.text);
  const unknown = pieces.filter((one) => !one.words.length && !COURTESY.has(one.text)).map((one) => one.text);
  const meant = known.filter(isMeant), needed = meant.length || unknown.length ? meant : known;
  const notes = [...new Set(known.flatMap((one) => [...one.keys].map((way) => ready.notes.get(way)).filter(Boolean)))];
  const years = meant.length ? known.filter((one) => YEAR.test(one.text)).map((one) => one.text) : [];
  const told = { unknown, slipped, notes, partial: false, results: [] };
  const much = (some) => size(some.map((one) => one.text).join("")), strange = size(unknown.join(""));
  const isEnough = much(needed) > ENOUGH * strange || (much(needed.filter((one) => one.isNamed)) || -1) >= strange;
  if (!needed.length || !isEnough) return told;
  const found = lifted(ready, counted(ready, needed, years, MEANING.test(ready.fold(query)))), full = found.filter((one) => one.isFull);
  // A page that goes by a piece of the query is shown although it lacks the rest.
  const shown = (full.length ? found.filter((one) => one.isFull || one.names === PIECE_NAMED || one.names === AREA_NAMED) : found).sort((a, b) => b.score - a.score);
  const kept = full.length ? shown : shown.filter((one) => one.score > shown[0].score / 3);
  const words = needed.flatMap((one) => one.words), isLetters = (term) => !term.startsWith("#");
  return { ...told, partial: !full.length, results: kept.map(({ place, terms }) => present(place, [...words, ...terms.filter(isLetters)])) };
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

report.give({ prepare, find });
})();
