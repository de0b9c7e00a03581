/* What stands above the texts of a translation follows each text that is saved. The editor's own script tells nobody, so
   this listens to what it sends. */
const saved = /\/localize\/translate\/\d+\/(strings|overrides)\/\d+\/edit\/$/;
const holder = document.querySelector("[data-translation-state]")?.parentElement;

if (holder) {
  const send = window.fetch;
  let asked = 0;

  const follow = async () => {
    const state = holder.querySelector("[data-translation-state]");
    const mine = ++asked;
    const response = await send(state.dataset.translationState);
    // What someone is writing there stays; an older answer is not shown after a newer one.
    if (response.ok && mine === asked && !state.contains(document.activeElement)) state.outerHTML = await response.text();
  };
  window.fetch = async (...request) => {
    const response = await send(...request);
    if (saved.test(request[0])) follow();
    return response;
  };
}
