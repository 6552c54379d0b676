/* What every page does: keeps the reader's choice of light or dark, closes what is open, copies,
   prepares for print, and fetches the larger scripts (figures, search) when they are asked for. */
(function () {
  "use strict";
  const root = document.documentElement;
  const stored = (key, value) => {
    try {
      return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value);
    } catch {
      return null; // a browser that keeps nothing still reads
    }
  };
  const chosen = stored("theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  root.classList.add("js");

  /* On a slow line a browser that can paints the page once its last part is there: nothing moves. */
  const whole = document.createElement("link");
  whole.rel = "expect";
  whole.href = "#quick-bar";
  whole.setAttribute("blocking", "render");
  document.head.append(whole);

  /* A page that is opened as a file may neither import modules nor fetch: scripts and data alike come
     by script elements. Such a file hands over what it holds by report.give(), and whoever has asked
     for its address gets that; one that did not come is asked for anew the next time. */
  const arrived = {};
  const load = (address) => {
    const whole = new URL(address, document.baseURI).href;
    arrived[whole] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = whole;
      script.addEventListener("load", () => resolve(script.given));
      script.addEventListener("error", () => reject(new Error(`not loaded: ${whole}`)));
      document.head.append(script);
    }).catch((error) => {
      delete arrived[whole];
      throw error;
    });
    return arrived[whole];
  };
  const give = (value) => { document.currentScript.given = value; };
  /* A module that once failed stays failed under its address; a fragment makes it another one. */
  const failures = {};
  const module = async (name) => {
    const again = failures[name] ? `#${failures[name]}` : "";
    try {
      return await import(new URL(root.dataset["asset" + name] + again, document.baseURI).href);
    } catch (error) {
      failures[name] = (failures[name] || 0) + 1;
      throw error;
    }
  };
  window.report = { load, give, asset: (name) => load(root.dataset[`asset${name}`]) };
  const { asset } = window.report;
  /* An address as people read it; one with broken escapes stays as it is. */
  const readable = (text) => {
    try {
      return decodeURI(text);
    } catch {
      return text;
    }
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";

  function themeSwitch() {
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      stored("theme", root.dataset.theme);
      show();
    });
    system.addEventListener("change", show);
    show();
  }

  function menu() {
    const details = document.querySelector(".thumb .menu");
    if (!details) return;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (details.open && !details.contains(event.target)) details.open = false;
    });
  }

  /* A link to something inside a closed part opens it. */
  function unfold() {
    const target = location.hash && document.getElementById(readable(location.hash.slice(1)));
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    if (target && target.tagName === "DETAILS") target.open = true;
    if (target && target.closest("details")) target.scrollIntoView();
  }

  /* A wide table is a stop of Tab, and a place with a name, only while it has something to scroll;
     without scripts it is a stop in any case, because nothing else could move it. */
  function scrolling() {
    const frames = [...document.querySelectorAll(".table-scroll")];
    const name = (frame) => frame.getAttribute("aria-label");
    /* Places of one name could not be told apart in a list of places. */
    const isAlone = (frame) => frames.filter((one) => name(one) === name(frame)).length === 1;
    const look = (frame) => {
      const scrolls = frame.scrollWidth > frame.clientWidth + 1;
      if (scrolls) frame.setAttribute("tabindex", "0");
      else frame.removeAttribute("tabindex");
      frame.setAttribute("role", scrolls && isAlone(frame) ? "region" : "group");
    };
    const watch = new ResizeObserver((seen) => new Set(seen.map(({ target }) => target.closest(".table-scroll"))).forEach(look));
    frames.forEach((frame) => {
      watch.observe(frame);
      watch.observe(frame.querySelector("table"));
      look(frame);
    });
  }

  function copying() {
    document.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-copy]");
      if (!button) return;
      const source = document.getElementById(button.dataset.copy);
      const text = source ? source.value ?? source.textContent : button.dataset.copyText;
      const said = button.querySelector("[role=status]") || button;
      const before = (button.dataset.words ??= said.textContent);
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = button.dataset.done;
      } catch {
        if (source && source.select) source.select();
        else if (source) getSelection().selectAllChildren(source);
        said.textContent = button.dataset.failed || before;
      }
      setTimeout(() => { said.textContent = before; }, 2500);
    });
  }

  function printing() {
    let opened = [];
    addEventListener("beforeprint", () => {
      document.querySelectorAll("main a[href]").forEach((link) => {
        const whole = !link.getAttribute("href").startsWith("#") && !link.closest("table, nav, .figure-actions, .answer");
        if (whole) link.dataset.address = readable(link.href);
      });
      opened = [...document.querySelectorAll("main details:not([open])")];
      opened.forEach((one) => { one.open = true; });
    });
    addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); });
  }

  function trouble(button) {
    const said = document.createElement("p");
    said.className = "figure-trouble";
    said.setAttribute("role", "alert");
    said.textContent = button.dataset.failed;
    button.closest(".figure-actions").after(said);
  }

  /* The search comes when a field is entered. If it does not come, its readers are told, and are led
     to the list of pages; the next key asks for it again. */
  function searching() {
    const field = document.getElementById("search-field"), page = document.querySelector("[data-search-page]");
    if (!field || !root.dataset.assetSearch) return;
    const panel = field.form.querySelector(".search-suggestions"), own = page && page.querySelector("input");
    const fields = [field, own].filter(Boolean), events = ["focus", "input"];
    const stop = () => fields.forEach((one) => events.forEach((event) => one.removeEventListener(event, come)));
    const tell = () => {
      if (document.activeElement === field) panel.hidden = false;
      if (page) page.querySelector(".search-notes").replaceChildren(panel.firstElementChild.cloneNode(true));
    };
    const come = () => asset("Search").then(stop, tell);
    fields.forEach((one) => events.forEach((event) => one.addEventListener(event, come)));
    field.form.addEventListener("focusout", ({ relatedTarget }) => { if (!field.form.contains(relatedTarget)) panel.hidden = true; });
    if (!page) return;
    own.value = (new URLSearchParams(location.search).get("q") || "").trim();
    come();
  }

  function later() {
    if (document.querySelector(".atlas, table.sortable")) module("Atlas");
    const figures = document.querySelector("[data-figure-interactive]");
    if (!figures || !root.dataset.assetFigure) return;
    document.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-figure-interactive]");
      if (!button) return;
      button.closest("figure").querySelectorAll(".figure-trouble").forEach((one) => one.remove());
      const figure = await module("Figure").catch(() => trouble(button));
      if (figure) figure.toggle(button);
    });
    if (new URLSearchParams(location.search).has("view")) module("Figure").then((figure) => figure.restore(), () => {});
  }

  addEventListener("DOMContentLoaded", () => {
    themeSwitch();
    menu();
    copying();
    printing();
    scrolling();
    searching();
    later();
    unfold();
  });
  addEventListener("hashchange", unfold);
})();
