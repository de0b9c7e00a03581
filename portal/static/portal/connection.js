// A form that is sent while the browser has no connection would be lost with its page: it stays, and says so.
// As errors look in Wagtail's admin, and on the service pages.
const CLASSES = { desk: "help-block help-critical", service: "govuk-error-message" };
const script = document.querySelector("script[data-not-sent]");
const note = document.createElement("p");
note.className = CLASSES[script.dataset.at];
note.dataset.offline = "";
note.setAttribute("role", "alert");
note.hidden = true;

document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.closest("form") === event.target) (button.closest(".govuk-button-group") ?? button).before(note);
  else event.target.append(note);
  note.textContent = script.dataset.notSent;
  note.hidden = false;
});
addEventListener("online", () => {
  note.hidden = true;
});
