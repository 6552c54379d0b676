/* The page of one figure: the day of access in its citations, and what its address says of it.
   The address restores the state: ?table=closed closes the table; ?view=interactive&point=3 is
   read by figure.js. What is as usual is not written into the address. */
(function () {
"use strict";
const home = document.querySelector("[data-figure-home]");

function remember(key, value) {
  const url = new URL(location.href);
  if (value === null) url.searchParams.delete(key);
  else url.searchParams.set(key, value);
  history.replaceState(history.state, "", url);
  link();
}

function link() {
  const button = document.querySelector("[data-figure-link]");
  if (!button) return;
  button.dataset.copyText = button.dataset.address + location.search;
}

function start() {
  const day = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  document.querySelectorAll("[data-today]").forEach((one) => {
    one.textContent = one.dataset.today.replace("{day}", today);
  });

  const button = document.querySelector("[data-figure-link]");
  button.dataset.address = button.dataset.copyText;
  link();

  const table = home.querySelector("details.figure-data");
  if (new URLSearchParams(location.search).get("table") === "closed") table.open = false;
  table.addEventListener("toggle", () => remember("table", table.open ? null : "closed"));
  home.addEventListener("figure-state", (event) => {
    for (const [key, value] of Object.entries(event.detail)) remember(key, value);
  });
}

if (home) start();
})();
