// Keeps what is typed on the server while one types, and says honestly whether it is kept. Without this script nothing is
// lost that was sent; with it, nothing that was typed.
const PAUSE = 1500;
// Who types on without a pause is not kept waiting longer than this.
const LONGEST = 5000;
const AGAIN = 5000;
// How long before the session ends one is told: for want of anything happening, and after its longest time.
const WARNED = 5 * 60 * 1000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = null;
  let dirty = false;
  let sending = null;
  let since = null;
  let leaving = false;

  const say = (text, wrong) => {
    status.textContent = text;
    status.classList.toggle("autosave--wrong", wrong);
    // An alert interrupts a screen reader; what went well waits for a pause.
    status.setAttribute("role", wrong ? "alert" : "status");
  };
  const warning = form.querySelector("[data-autosave-warning]");
  const left = form.dataset.left * 1000;
  const end = new Date(Date.now() + left).toTimeString().slice(0, 5);
  setTimeout(() => {
    form.querySelector("[data-autosave-last]").textContent = form.dataset.last.replace("%s", end);
  }, Math.max(0, left - WARNED));
  let warned = null;
  const seen = () => {
    const idle = form.dataset.idle * 1000;
    clearTimeout(warned);
    if (warning.textContent) warning.textContent = "";
    warned = setTimeout(() => {
      const end = new Date(Date.now() + Math.min(WARNED, idle / 2)).toTimeString().slice(0, 5);
      warning.textContent = form.dataset.soon.replace("%s", end);
    }, idle - Math.min(WARNED, idle / 2));
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  };

  // One at a time: what was typed meanwhile goes after it.
  function keep() {
    if (sending) {
      later(PAUSE);
    } else {
      sending = send().finally(() => {
        sending = null;
      });
    }
    return sending;
  }

  // Answers whether the server could be reached.
  async function send() {
    dirty = false;
    since = null;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
      });
      if (answer.ok) {
        const { kept } = await answer.json();
        say(form.dataset.keptAt.replace("%s", kept), false);
        seen();
      } else if (answer.status === 409) {
        dirty = true;
        say((await answer.json()).refused, true);
      } else if (answer.status === 401 || answer.type === "opaqueredirect") {
        dirty = true;
        say(form.dataset.ended, true);
      } else {
        dirty = true;
        say(form.dataset.fault, true);
        later(AGAIN);
        return false;
      }
    } catch {
      dirty = true;
      say(form.dataset.noConnection, true);
      later(AGAIN);
      return false;
    }
    return true;
  }

  const typed = () => {
    dirty = true;
    since ??= Date.now();
    later(Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };
  seen();
  addEventListener("keydown", () => warning.textContent && keep());
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  const leave = () => {
    leaving = true;
    dirty = false;
    clearTimeout(timer);
  };
  // Nobody leaves the page for a server that is not there: what was typed is kept first.
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    if (!dirty && !sending && navigator.onLine) return leave();
    event.preventDefault();
    const button = event.submitter;
    await sending;
    clearTimeout(timer);
    if (await keep()) {
      leave();
      form.requestSubmit(button);
    } else {
      say(form.dataset.notSaved, true);
    }
  });
  // Back from the next page, it is this page again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
  addEventListener("online", () => dirty && keep());
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
}
