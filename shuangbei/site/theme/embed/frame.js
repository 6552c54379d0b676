/* Inside a frame: light or dark where the address asks for it with ?theme=; tells the page around
   it how high the figure is: at first, when that changes, and when it is asked. */
(function () {
  "use strict";
  var theme = /[?&]theme=(light|dark)(?:&|$)/.exec(location.search);
  if (theme) document.documentElement.setAttribute("data-theme", theme[1]);
  if (window.parent === window) return;
  var main = document.querySelector("main");
  var last = 0;
  function tell(again) {
    var height = Math.ceil(main.getBoundingClientRect().height);
    if (!height || (height === last && again !== true)) return;
    last = height;
    // A height is no secret, and who frames the figure is not known here.
    window.parent.postMessage({ type: "shuangbei-figure", height: height }, "*");
  }
  addEventListener("load", tell);
  addEventListener("resize", tell);
  addEventListener("message", function (event) {
    if (event.source === window.parent && event.data && event.data.type === "shuangbei-ask") tell(true);
  });
  if (window.ResizeObserver) new ResizeObserver(tell).observe(main);
})();
