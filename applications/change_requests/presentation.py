"""ChangeRequests as they are shown: question by question, with the answer then and now. For parties and for Fedasil."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from partners.people.person import Person

from ..answers.saving import is_asked_of
from ..models import Application, ChangeRequest, ChangeRequestItem
from ..permissions import may_edit_section, may_see_section
from ..questionnaire.definition import Question
from ..questionnaire.questions import BY_NUMBER, SECTION_OF
from ..versions.diff import answers_of


@dataclass(frozen=True)
class ShownItem:
    """One question: what is asked, the answer in the Version that Fedasil read, and the one given since.

    `after` is the answer as it was sent; for what is still open, as it stands now.
    """

    item: ChangeRequestItem
    label: str
    section: str
    before: str
    after: str
    changed: bool
    open: bool
    may_answer: bool


@dataclass(frozen=True)
class ShownRequest:
    request: ChangeRequest
    items: list[ShownItem]

    @property
    def is_open(self) -> bool:
        return self.request.state == ChangeRequest.State.OPEN


class RequestsShown:
    """Those of one application, for a person who may answer, or for nobody in particular."""

    def __init__(self, application: Application, person: Person | None = None):
        self.application, self.person = application, person

    @cached_property
    def now(self) -> dict[str, dict]:
        return answers_of(self.application)

    @cached_property
    def all(self) -> list[ShownRequest]:
        prefetch_related_objects(
            [self.application],
            "change_requests__version",
            "change_requests__items__answered_in",
            "change_requests__party__organisation",
        )
        return [self.shown(request, list(request.items.all())) for request in self.application.change_requests.all()]

    @property
    def open(self) -> list[ShownRequest]:
        return [shown for shown in self.all if shown.is_open]

    @property
    def open_items(self) -> list[ShownItem]:
        return [shown for request in self.open for shown in request.items if shown.open]

    def shown(self, request: ChangeRequest, items: list[ChangeRequestItem]) -> ShownRequest:
        before = answers_of(request.version)
        return ShownRequest(request, [self.shown_item(request, item, before) for item in items])

    def shown_item(self, request: ChangeRequest, item: ChangeRequestItem, before: dict[str, dict]) -> ShownItem:
        is_open = request.state == ChangeRequest.State.OPEN and item.answered_in is None
        after = answers_of(item.answered_in) if item.answered_in else self.now if is_open else {}
        old, new = before.get(item.question, {}), after.get(item.question, {})
        question = BY_NUMBER.get(item.question)
        if question and not self.may_see(question):
            old = new = {}
        return ShownItem(
            item,
            str(question.label) if question else old.get("label", ""),
            SECTION_OF[item.question].code if question else "",
            old.get("text", ""),
            new.get("text", ""),
            bool(new) and old.get("answer") != new.get("answer"),
            is_open,
            is_open and question is not None and self.may_answer(request, item),
        )

    def may_see(self, question: Question) -> bool:
        """Among the parties, what the lead allows; for nobody in particular, all."""
        return self.person is None or may_see_section(self.person, self.application, SECTION_OF[question.number])

    def may_answer(self, request: ChangeRequest, item: ChangeRequestItem) -> bool:
        return (
            self.person is not None
            and self.application.state == Application.State.CHANGES_REQUESTED
            and is_asked_of(self.application, request, self.person)
            and may_edit_section(self.person, self.application, SECTION_OF[item.question])
        )
