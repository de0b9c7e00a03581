// Starts the few components of govuk-frontend that the service pages use. The class names that it waits for are normally
// set by an inline script, which the content security policy forbids.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, createAll } from "../vendor/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button);
createAll(CharacterCount);
createAll(ErrorSummary);
createAll(NotificationBanner);
