/* Interactive figures: the chart in place of its picture, drawn when a reader asks for it.
   Every point is named by a sentence; the points are one stop of the Tab key. Left and right move
   in time, up and down between lines; on a map the arrows lead to the next district that way.
   Home and End go to the ends, Escape returns to the picture. A pointer shows the same.
   State in the address of a figure's own page: ?view=interactive&point=<number from 0>. */

const WORDS = {
  zh: {
    keys: "方向键在各点之间移动，Home 和 End 到两头，Esc 回到图片。",
    touch: "点图上任意一处，显示离它最近的数；再点“互动”，回到图片。",
    trouble: "互动图没有打开，可能是网络断了。图片和数据表照常可用。",
    role: "互动图", point: "数据点", area: "区县",
  },
  en: {
    keys: "Arrow keys move between the points, Home and End go to the ends, Esc returns to the picture.",
    touch: "Tap anywhere to read the nearest point; tap “Interactive” again to return to the picture.",
    trouble: "The interactive view did not open; the network may be down. Picture and table are as they were.",
    role: "interactive chart", point: "data point", area: "district",
  },
};
const say = WORDS[document.documentElement.lang.startsWith("zh") ? "zh" : "en"];
const narrow = matchMedia("(max-width: 640px)");
const finger = matchMedia("(pointer: coarse)");
const shown = new WeakMap();
const NEAR = { mouse: 28, touch: 90, pen: 40 }; // pixels between a pointer and a point that it means

async function engine() {
  if (!window.drawChart) {
    await import(new URL(document.documentElement.dataset.assetVega, document.baseURI).href);
  }
  return window.drawChart;
}

async function specification(base) {
  const answer = await fetch(new URL(narrow.matches ? "spec-narrow.json" : "spec.json", base));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  const spec = await answer.json();
  delete spec.usermeta; // about the figure, not about the drawing
  return spec;
}

function element(name, look, text) {
  const made = document.createElement(name);
  made.className = look;
  if (text) made.textContent = text;
  return made;
}

/* How far a place lies from the box of a mark; nothing inside it. */
function distance(mark, x, y) {
  const box = mark.getBoundingClientRect();
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

function centre(mark) {
  const box = mark.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/* One point per mark; the two drawings of a district, on the map and in its enlargement, are one. */
function pointsOf(canvas) {
  const groups = new Map();
  const areas = new Map();
  for (const mark of canvas.querySelectorAll(".role-mark [role=graphics-symbol][aria-label]")) {
    const datum = (mark.__data__ && mark.__data__.datum) || {};
    const area = datum.properties && datum.properties.geo_id;
    if (area && areas.has(area)) {
      areas.get(area).marks.push(mark);
      continue;
    }
    const point = { marks: [mark], text: mark.getAttribute("aria-label"), area, line: area ? "" : datum.name || "" };
    if (area) areas.set(area, point);
    if (!groups.has(point.line)) groups.set(point.line, []);
    groups.get(point.line).push(point);
  }
  for (const line of groups.values()) {
    if (!line[0].area) line.sort((a, b) => centre(a.marks[0]).x - centre(b.marks[0]).x);
  }
  return [...groups.values()].flat();
}

/* Which point an arrow leads to; none if there is nothing that way. */
function next(points, from, key) {
  const here = centre(from.marks[0]);
  const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  const across = key === "ArrowLeft" || key === "ArrowRight";
  if (!from.area && across) {
    const line = points.filter((point) => point.line === from.line);
    return line[line.indexOf(from) + sign];
  }
  let best;
  let least = Infinity;
  for (const point of points) {
    if (point === from || (!from.area && point.line === from.line)) continue;
    const there = centre(point.marks[0]);
    const ahead = sign * (across ? there.x - here.x : there.y - here.y);
    const aside = Math.abs(across ? there.y - here.y : there.x - here.x);
    if (ahead <= 0.5) continue;
    const far = from.area ? ahead + 2 * aside : ahead + 4 * aside;
    if (far < least) [best, least] = [point, far];
  }
  return best;
}

class Live {
  constructor(figure, button) {
    Object.assign(this, { figure, button });
    this.box = figure.querySelector(".figure-picture");
    this.picture = this.box.querySelector("picture");
    this.frame = element("div", "figure-live");
    this.canvas = element("div", "figure-canvas");
    this.tip = element("div", "figure-tip");
    this.voice = element("div", "visually-hidden");
    this.help = element("p", "figure-help", finger.matches ? say.touch : say.keys);
    this.tip.hidden = true;
    this.tip.setAttribute("aria-hidden", "true");
    this.voice.setAttribute("aria-live", "polite");
    this.help.id = `${figure.id}-help`;
    this.frame.setAttribute("role", "application");
    this.frame.setAttribute("aria-roledescription", say.role);
    this.frame.setAttribute("aria-label", button.getAttribute("aria-label"));
    this.frame.setAttribute("aria-describedby", this.help.id);
    this.frame.append(this.canvas, this.tip, this.voice);
    this.escape = (event) => {
      if (event.key !== "Escape" || !(event.target === this.button || this.frame.contains(event.target))) return;
      event.preventDefault();
      this.stop();
      this.button.focus();
    };
    this.redraw = () => this.again().catch(() => this.stop());
    this.points = [];
  }

  async draw(chosen) {
    const base = new URL(this.button.dataset.figureInteractive, document.baseURI);
    const [embed, spec] = await Promise.all([engine(), specification(base)]);
    const canvas = element("div", "figure-canvas");
    this.picture.hidden = false;
    this.frame.remove();
    this.canvas.replaceWith(canvas);
    this.canvas = canvas;
    this.box.append(this.frame);
    if (this.view) this.view.finalize();
    // The ground is the frame's, light or dark as the page is.
    const drawn = await embed(canvas, { ...spec, background: "transparent" }, {
      mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false,
      tooltip: false, loader: { baseURL: base.href },
    });
    this.view = drawn.view;
    this.picture.hidden = true;
    this.prepare(chosen);
  }

  /* The screen has become wide or narrow: the other form, the same point, the focus where it was. */
  async again() {
    const held = this.frame.contains(document.activeElement);
    await this.draw(this.points.indexOf(this.current));
    if (held && this.current) this.choose(this.current, true);
  }

  prepare(chosen) {
    const svg = this.canvas.querySelector("svg");
    svg.querySelectorAll(".role-axis, .role-legend, .role-title").forEach((one) => one.setAttribute("aria-hidden", "true"));
    svg.querySelectorAll("text").forEach((one) => one.setAttribute("pointer-events", "none"));
    // Vega names the kinds of marks in English, whatever the language of the page.
    this.canvas.removeAttribute("aria-roledescription");
    this.canvas.querySelectorAll("[aria-roledescription]").forEach((one) => one.removeAttribute("aria-roledescription"));
    this.points = pointsOf(this.canvas);
    this.points.forEach((point, number) => point.marks.forEach((mark, copy) => {
      mark.setAttribute("aria-roledescription", point.area ? say.area : say.point);
      mark.dataset.point = number;
      mark.setAttribute("tabindex", "-1");
      if (copy) mark.setAttribute("aria-hidden", "true");
    }));
    if (!this.points.length) return;
    const first = this.points[chosen] || this.points[0];
    first.marks[0].setAttribute("tabindex", "0");
    this.current = first;
    if (this.points[chosen]) this.choose(first, false);
  }

  choose(point, focus) {
    for (const mark of this.current.marks) {
      mark.classList.remove("current");
      mark.setAttribute("tabindex", "-1");
    }
    this.current = point;
    point.marks.forEach((mark) => mark.classList.add("current"));
    point.marks[0].setAttribute("tabindex", "0");
    if (focus) point.marks[0].focus({ preventScroll: false });
    this.voice.textContent = point.text;
    this.show(point);
    this.tell({ view: "interactive", point: String(this.points.indexOf(point)) });
  }

  show(point) {
    const outer = this.box.getBoundingClientRect();
    const at = centre(point.marks[0]);
    this.tip.textContent = point.text;
    this.tip.hidden = false;
    const { width, height } = this.tip.getBoundingClientRect();
    const left = Math.min(Math.max(at.x - outer.left - width / 2, 0), outer.width - width);
    const above = at.y - outer.top - height - 14;
    this.tip.style.left = `${Math.max(left, 0)}px`;
    this.tip.style.top = `${above > 0 ? above : at.y - outer.top + 14}px`;
  }

  tell(state) {
    this.figure.dispatchEvent(new CustomEvent("figure-state", { bubbles: true, detail: state }));
  }

  key(event) {
    if (event.key === "Home" || event.key === "End") {
      this.choose(this.points.at(event.key === "Home" ? 0 : -1), true);
    } else if (event.key.startsWith("Arrow")) {
      const point = next(this.points, this.current, event.key);
      if (point) this.choose(point, true);
    } else return;
    event.preventDefault();
  }

  hit(event) {
    const over = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.dataset && one.dataset.point);
    if (over) return this.points[Number(over.dataset.point)];
    const touched = event.pointerType === "touch";
    let best;
    let least = NEAR[event.pointerType] || NEAR.mouse;
    // A mouse is exact enough to point beside a district; a finger means the nearest one.
    for (const point of this.points.filter((one) => touched || !one.area)) {
      for (const mark of point.marks) {
        const far = distance(mark, event.clientX, event.clientY);
        if (far < least) [best, least] = [point, far];
      }
    }
    return best;
  }

  point(event) {
    const point = this.hit(event);
    if (point && (point !== this.current || this.tip.hidden)) this.choose(point, false);
    else if (!point && event.type === "pointermove") this.tip.hidden = true;
  }

  async start(chosen) {
    this.button.setAttribute("aria-busy", "true");
    this.figure.querySelectorAll(".figure-trouble").forEach((one) => one.remove());
    try {
      await this.draw(chosen);
    } finally {
      this.button.removeAttribute("aria-busy");
    }
    this.box.after(this.help);
    this.button.setAttribute("aria-pressed", "true");
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.frame.addEventListener("focusin", (event) => {
      const number = event.target.dataset && event.target.dataset.point;
      if (number && (this.points[Number(number)] !== this.current || this.tip.hidden)) {
        this.choose(this.points[Number(number)], false);
      }
    });
    for (const name of ["pointermove", "pointerdown"]) this.frame.addEventListener(name, (event) => this.point(event));
    // A finger leaves as soon as it is lifted: what it has chosen stays to be read.
    this.frame.addEventListener("pointerleave", (event) => { this.tip.hidden ||= event.pointerType !== "touch"; });
    this.figure.addEventListener("keydown", this.escape);
    narrow.addEventListener("change", this.redraw);
    shown.set(this.figure, this);
    this.tell({ view: "interactive" });
  }

  stop() {
    narrow.removeEventListener("change", this.redraw);
    this.figure.removeEventListener("keydown", this.escape);
    if (this.view) this.view.finalize();
    this.frame.remove();
    this.help.remove();
    this.picture.hidden = false;
    this.button.setAttribute("aria-pressed", "false");
    shown.delete(this.figure);
    this.tell({ view: null, point: null });
  }

  fail() {
    this.stop();
    const trouble = element("p", "figure-trouble", say.trouble);
    trouble.setAttribute("role", "alert");
    this.box.after(trouble);
  }
}

export async function toggle(button, chosen, restoring = false) {
  const figure = button.closest("figure");
  if (button.hasAttribute("aria-busy")) return;
  if (shown.has(figure)) {
    shown.get(figure).stop();
    return;
  }
  const live = new Live(figure, button);
  try {
    await live.start(chosen);
    // Whoever pressed the button goes on in the chart; an address that asks for it moves nobody.
    if (!restoring && live.current) live.choose(live.current, true);
  } catch (error) {
    console.warn(error);
    live.fail();
  }
}

/* What the address asks for: the figure that it names, or the first one of the page. */
export async function restore() {
  const asked = new URLSearchParams(location.search);
  if (asked.get("view") !== "interactive") return;
  const named = document.querySelector(":target");
  const place = named && named.matches(".report-figure") ? named : document;
  const button = place.querySelector("[data-figure-interactive]");
  if (button) await toggle(button, asked.has("point") ? Number(asked.get("point")) : undefined, true);
}
