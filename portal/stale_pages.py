"""What others did while someone had a desk page open: the page carries the number of the last entry of the log."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .audit import log
from .desk.views import RuleRequiredMixin
from .models import LogEntry
from .workflow import Refused

LONGEST_NUMBER = 9
OUR_FIELDS = {"csrfmiddlewaretoken", "last_seen_entry"}


class StalePage(Refused):
    """Someone else acted since the page was read. `last_number` is the number of the last entry of the log now."""

    def __init__(self, *messages: str, last_number: int):
        super().__init__(*messages)
        self.last_number = last_number


class StalePageMixin(RuleRequiredMixin):
    """A desk page whose forms and buttons say in a field `last_seen_entry` (desk/last_seen_entry.html) what its reader
    knew of the subject.

    What is done is refused under the row lock where the number is missing, or where someone else took a step that
    matters here; the page then says who did what and when, keeps what was typed, and carries the new number.
    """

    refusal: Refused | None = None

    def relevant_events(self) -> frozenset[str]:
        """The actions of others that one has to know before this is done."""
        raise NotImplementedError

    def says(self, entry: LogEntry) -> str:
        """What happened, in plain words."""
        raise NotImplementedError

    @property
    def last_seen_entry(self) -> int | str:
        """What the form of this page carries: what its reader knew before, or has just been told."""
        if isinstance(self.refusal, StalePage):
            return self.refusal.last_number
        if self.request.method == "POST":
            return self.request.POST.get("last_seen_entry", "")
        return log.last_number(self.get_subject())

    def get_context_data(self, **kwargs):
        return super().get_context_data(last_seen_entry=self.last_seen_entry, **kwargs)

    def check_fresh(self) -> None:
        subject = self.get_subject()
        type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        seen, now = self.request.POST.get("last_seen_entry", ""), log.last_number(subject)
        known = seen.isdecimal() and len(seen) <= LONGEST_NUMBER and int(seen) <= now
        again = _("Nothing is done yet. If you still want to do it, press the button again.")
        if not known:
            raise StalePage(_("The page did not say what you had read."), again, last_number=now)
        entries = log.entries_of(subject).filter(number__gt=int(seen), action__in=self.relevant_events())
        if news := [self.tell(entry) for entry in entries.exclude(actor=self.request.user)]:
            raise StalePage(_("Someone else was here while you had this page open."), *news, again, last_number=now)

    def tell(self, entry: LogEntry) -> str:
        when = date_format(timezone.localtime(entry.at), "DATETIME_FORMAT")
        who = f"{entry.actor} – " if entry.actor else ""
        return f"{when}: {who}{self.says(entry)}"

    def ask_again(self, refusal: Refused):
        """The news, and the button once more."""
        if not isinstance(refusal, StalePage):
            return None
        self.refusal = refusal
        carried = [(name, value) for name, value in self.request.POST.items() if name not in OUR_FIELDS]
        context = self.get_context_data(news=refusal.messages, carried=carried)
        return render(self.request, "desk/stale_page.html", context, status=409)
