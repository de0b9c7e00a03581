// Starts the few components of govuk-frontend that the service pages use. The class names that it waits for are normally
// set by an inline script, which the content security policy forbids.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, createAll } from "../vendor/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button);

// Counts as the server does: characters of composed text (NFC). A browser's own length counts an emoji twice.
class CharactersAsOnTheServer extends CharacterCount {
  updateCount() {
    this.count = Array.from(this.$textarea.value.normalize("NFC")).length;
  }
}
createAll(CharactersAsOnTheServer);
createAll(ErrorSummary);
createAll(NotificationBanner);
