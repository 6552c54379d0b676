/* For pages that show figures of this site: gives each frame the height of its figure.
   <iframe src="https://…/embed/<figure>.html" data-shuangbei …></iframe>
   It listens to frames that carry data-shuangbei, and to nobody else; it loads and stores nothing. */
(function () {
  "use strict";
  if (window.shuangbeiFigures) return;
  window.shuangbeiFigures = true;
  function frames() {
    return document.querySelectorAll("iframe[data-shuangbei]");
  }
  function origin(frame) {
    return new URL(frame.src, document.baseURI).origin;
  }
  addEventListener("message", function (event) {
    var said = event.data;
    if (!said || said.type !== "shuangbei-figure") return;
    var height = Number(said.height);
    if (!(height > 0 && height < 5000)) return;
    frames().forEach(function (frame) {
      if (frame.contentWindow !== event.source || origin(frame) !== event.origin) return;
      frame.style.height = height + "px";
    });
  });
  // A frame may have spoken before this script was there.
  frames().forEach(function (frame) {
    if (frame.contentWindow) frame.contentWindow.postMessage({ type: "shuangbei-ask" }, "*");
  });
})();
