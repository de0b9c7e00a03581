// Says before the session at the desk ends, and lets one stay: any key or click is enough.
// So long before the end one is told. Nothing is asked of the server before a page stood open for this long.
const WARNED = 5 * 60;
const FIRST = 60;
const { session, soon, last, stays, ended } = document.querySelector("script[data-session]").dataset;
const { CSRF_HEADER_NAME, CSRF_TOKEN } = JSON.parse(document.getElementById("wagtail-config").textContent);
let waiting = false;

// As Wagtail shows its own messages.
const say = (text, type) => {
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type } }));
};

async function look(method = "GET") {
  let answer;
  try {
    const headers = { Accept: "application/json" };
    if (method === "POST") headers[CSRF_HEADER_NAME] = CSRF_TOKEN;
    answer = await fetch(session, { method, headers });
  } catch {
    return later(FIRST);
  }
  if (answer.status === 401 || answer.status === 403) return say(ended, "error");
  if (!answer.ok) return later(FIRST);
  const { left, may_stay: mayStay } = await answer.json();
  if (left > WARNED) {
    if (method === "POST") say(stays, "success");
    return later(left - WARNED);
  }
  const end = new Date(Date.now() + left * 1000).toTimeString().slice(0, 5);
  say((mayStay ? soon : last).replace("{time}", end), "warning");
  waiting = mayStay;
  return later(left + FIRST * 2);
}

function later(seconds) {
  setTimeout(look, seconds * 1000);
}

for (const kind of ["keydown", "pointerdown"]) {
  addEventListener(kind, () => {
    if (!waiting) return;
    waiting = false;
    look("POST");
  });
}
later(FIRST);
