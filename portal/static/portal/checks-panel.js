/* Wagtail's panel of checks: a number stands there only while it is that of what is typed. Where the preview cannot be
   shown, Wagtail leaves the number from before, or a zero from the start; here the panel says that nothing was checked. */
const panel = document.querySelector('[data-side-panel="checks"]');
const preview = document.querySelector('[data-controller~="w-preview"]');

if (panel && preview) {
  const count = panel.querySelector("[data-content-checker-count]");
  const state = panel.querySelector("[data-checks-state]");
  const badge = document.querySelector('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]');
  const metrics = "[data-content-word-count], [data-content-reading-time], [data-content-readability-score]";
  let why = null;

  const uncount = (reason) => {
    why = reason;
    count.textContent = "–";
    count.classList.remove("has-errors");
    badge.hidden = true;
    state.textContent = state.dataset[reason];
    state.hidden = false;
  };
  const fail = (reason) => {
    uncount(reason);
    panel.querySelector("[data-checks-panel]").replaceChildren();
    panel.querySelectorAll(metrics).forEach((metric) => { metric.textContent = "–"; });
  };
  // The script of the checks stands in each page that a preview shows, and in no message about an error.
  const shown = () => preview.querySelector('iframe[data-w-preview-target="iframe"]')?.contentDocument;
  const isPage = () => Boolean(shown()?.querySelector("wagtail-userbar"));
  // Wagtail names a place as a style sheet does; each of our notes says in words which text it is about.
  const sayWhere = () => {
    panel.querySelectorAll("[data-content-checker-selector-text]").forEach((place) => {
      const note = place.textContent.includes(".fault") && shown()?.querySelector(place.textContent);
      if (note) place.textContent = note.textContent;
    });
  };

  preview.addEventListener("w-preview:update", () => uncount("running"));
  preview.addEventListener("w-preview:json", ({ detail }) => detail.data.is_valid || fail("outOfDate"));
  // What is typed while the first preview is on its way, Wagtail would show only after the next panel is opened.
  preview.addEventListener("w-preview:updated", () => {
    if (preview.dataset.wPreviewStaleValue !== "true") return;
    preview.dataset.wPreviewStaleValue = "false";
    setTimeout(() => { preview.dataset.wPreviewStaleValue = "true"; });
  });
  preview.addEventListener("w-preview:error", () => fail("failed"));
  preview.addEventListener("w-preview:loaded", () => isPage() || fail("failed"));
  new MutationObserver(() => {
    if (!/^\d+$/.test(count.textContent)) return;
    if (why === "running") state.hidden = true;
    else if (why) fail(why);
  }).observe(count, { childList: true });
  new MutationObserver(sayWhere).observe(panel.querySelector("[data-checks-panel]"), { childList: true, subtree: true });
}
