// Shows what needs a passkey where the browser can do passkeys (else a sentence says what it takes), and says so when one
// did not work.
// The rest is done by django-allauth's own scripts.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const error = document.getElementById("passkey-error");
  error.hidden = false;
  error.focus();
});
