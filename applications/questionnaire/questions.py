"""All sections and their questions: the content of the questionnaire, only data."""

from django.utils.translation import gettext_lazy as _

from ..models import Attachment, Contact, Dwelling, GuidanceStep
from .definition import Condition, Question, Section
from .file_requirements import LOCAL_BODIES, NON_PROFITS, FileRequirement, has_parties_of
from .row_groups import RowGroup, reading

# Goes up with every change to the questions; a Version keeps the number and its labels.
QUESTION_SET = 4
several_parties = Condition(
    lambda application: len(application.joined_parties) > 1, _("Asked only if several parties take part.")
)
with_local_body = Condition(
    has_parties_of(LOCAL_BODIES), _("Asked only of municipalities, PCSWs and other public bodies.")
)
with_non_profit = Condition(has_parties_of(NON_PROFITS), _("Asked only of non-profit organisations."))
with_volunteers = Condition(
    lambda application: application.volunteers is True, _("Asked only if volunteers help."), on="volunteers"
)


SECTIONS = (
    Section(
        "who",
        1,
        _("Who applies"),
        _("The person whom Fedasil calls or writes to about this application."),
        (
            Question("1.1", "contact_name", _("Name of the contact person")),
            Question("1.2", "contact_function", _("Function")),
            Question("1.3", "contact_email", _("E-mail address")),
            Question("1.4", "contact_phone", _("Telephone"), optional=True),
        ),
    ),
    Section(
        "parties",
        2,
        _("Parties and aims"),
        _(
            "A partnership has three aims: a lasting stay, fitting guidance and working together. Every party works "
            "together with Fedasil. At least one party takes on the stay, and at least one the guidance."
        ),
        (Question("2.1", "parties", _("Who takes part, and with which aims")),),
    ),
    Section(
        "offer",
        3,
        _("Your offer"),
        _("How many people you can receive, and from when."),
        (
            Question(
                "3.1",
                "household_sizes",
                _("How many persons are in each household that you can receive?"),
                _("One number for each household. Two households of 5 and 3 persons: write 5, 3."),
            ),
            Question(
                "3.2",
                "straight_on_arrival",
                _("Do they come to you straight on arrival in Belgium?"),
                _("If not, they stay in the reception network first."),
            ),
            Question(
                "3.3", "second_year", _("Do you want to go on with both reception and guidance for one more year?")
            ),
            Question("3.4", "available_from", _("From which day can you receive them?"), _("For example 1 3 2027.")),
            Question(
                "3.5",
                "adapted_home",
                _("Can you receive someone who needs an adapted home?"),
                _("For example someone in a wheelchair, or who cannot climb stairs."),
            ),
            Question(
                "3.6",
                "guide_languages",
                _("Which languages do those who guide speak?"),
                _("For example Dutch, French, Arabic."),
            ),
        ),
    ),
    Section(
        "stay",
        4,
        _("A lasting stay"),
        _("The home, for at least 12 months, and help to find the next one."),
        (
            Question(
                "4.1",
                "dwellings",
                _("Which dwellings do you offer?"),
                _("Do not name a landlord or a street. Are you still looking? Say what you are looking for."),
                rows=RowGroup(
                    Dwelling,
                    fields=(
                        "secured",
                        "kind",
                        "municipality",
                        "bedrooms",
                        "persons",
                        "rent",
                        "available_from",
                        "months",
                        "adapted",
                    ),
                    needed=("secured", "kind", "municipality", "bedrooms", "persons", "months", "adapted"),
                    numbered=_("Dwelling %d"),
                    folded=("rent", "available_from"),
                    folded_title=_("Rent and first day (optional)"),
                ),
            ),
            Question("4.2", "next_home", _("How do you help to find the next home before the year is up?")),
        ),
        aim="stay",
    ),
    Section(
        "guidance",
        5,
        _("Fitting guidance"),
        _("A year of guidance through the important steps. Do not name refugees or volunteers."),
        (
            Question("5.1", "guidance_team", _("Who guides: which team, which volunteers?")),
            Question("5.2", "guidance_hours", _("How many hours of guidance a week, in all?"), _("In hours a week.")),
            Question(
                "5.3",
                "experience",
                _("Which experience do you have with guiding newcomers?"),
                _("None yet? Say so, and who supports you."),
            ),
            Question("5.4", "volunteers", _("Do volunteers help?")),
            Question("5.5", "volunteers_insured", _("Are the volunteers insured?"), asked=with_volunteers),
            Question(
                "5.6",
                "volunteers_informed",
                _("Did the volunteers get an information note?"),
                _("The note says what the organisation does, how it insures volunteers and what it pays back."),
                asked=with_volunteers,
            ),
            Question(
                "5.7",
                "steps",
                _("Who guides the first steps?"),
                _(
                    "Tick each step that the team of 5.1 guides. "
                    "For another step, say which service or function does it."
                ),
                rows=RowGroup(
                    GuidanceStep,
                    key="step",
                    fields=("by_team", "who", "how"),
                    needed=("who",),
                    needed_keys=tuple(GuidanceStep.Step.values),
                    tick="by_team",
                    folded=("who", "how"),
                    folded_title=_("Someone else, or more to say"),
                ),
            ),
        ),
        aim="guidance",
    ),
    Section(
        "cooperation",
        6,
        _("Working together"),
        _("How you keep in touch with Fedasil and, where you are several, with one another."),
        (
            Question("6.1", "feedback_rhythm", _("How often do you give feedback to Fedasil?")),
            Question(
                "6.2",
                "contacts",
                _("Whom does Fedasil contact about the partnership?"),
                _("A contact person, and a deputy if you have one. It may be the person of section 1."),
                rows=RowGroup(
                    Contact,
                    key="role",
                    fields=("name", "function", "email", "phone"),
                    needed=("name", "email"),
                    needed_keys=(Contact.Role.CONTACT.value,),
                ),
            ),
            Question(
                "6.3",
                "consultations",
                _("How do you consult with Fedasil and with local services?"),
                _("Who meets, how often, and about what."),
            ),
            Question("6.4", "evaluation", _("When do you evaluate the partnership with Fedasil?")),
            Question(
                "6.5",
                "support_division",
                _("How do the parties divide the support that they receive?"),
                asked=several_parties,
            ),
        ),
        aim="cooperation",
    ),
    Section(
        "attachments",
        7,
        _("Attachments"),
        _("Papers that belong to the application. Each organisation adds its own; the lead can add them for all."),
        (
            Question(
                "7.1",
                "decision",
                _("Extract of the decision to take part"),
                _("By the college, the council, the permanent bureau or the board. It may follow after you submit."),
                optional=True,
                asked=with_local_body,
                requirement=FileRequirement((Attachment.Kind.DECISION,), of=LOCAL_BODIES, may_follow=True, most=3),
            ),
            Question(
                "7.2",
                "statutes",
                _("Statutes"),
                _("As they are now, with the latest changes."),
                asked=with_non_profit,
                requirement=FileRequirement((Attachment.Kind.STATUTES,), of=NON_PROFITS, most=3),
            ),
            Question(
                "7.3",
                "representation",
                _("Proof of who may represent the organisation"),
                _("For example the publication in the Belgian Official Gazette. No identity cards."),
                asked=with_non_profit,
                requirement=FileRequirement((Attachment.Kind.REPRESENTATION,), of=NON_PROFITS, most=3),
            ),
            Question(
                "7.4",
                "accounts",
                _("Latest accounts, or a budget"),
                _("The latest approved accounts. Is the organisation too young to have them? Then its budget."),
                asked=with_non_profit,
                requirement=FileRequirement((Attachment.Kind.ACCOUNTS, Attachment.Kind.BUDGET), of=NON_PROFITS),
            ),
            Question(
                "7.5",
                "agreement",
                _("Agreement among the parties"),
                _("If you made one."),
                optional=True,
                asked=several_parties,
                requirement=FileRequirement((Attachment.Kind.AGREEMENT,)),
            ),
            Question(
                "7.6",
                "availability",
                _("Proof that a dwelling is available"),
                _("For example a lease. Make all names unreadable first: landlord, tenants, neighbours."),
                optional=True,
                requirement=FileRequirement((Attachment.Kind.AVAILABILITY,), aim="stay", most=20),
            ),
        ),
        each_party=True,
    ),
    Section(
        "declaration",
        8,
        _("Declaration"),
        _("The last section: what you declare together when you sign."),
        (
            Question("8.1", "remarks", _("Is there anything else that Fedasil should know?"), optional=True),
            Question(
                "8.2",
                "declared",
                _("We declare that these answers are correct and that we intend to enter into this partnership."),
                _("This states an intention. It binds nobody: what binds is the agreement that may follow."),
            ),
        ),
    ),
)
BY_CODE = {section.code: section for section in SECTIONS}
BY_NUMBER = {question.number: question for section in SECTIONS for question in section.questions}
ROWS = {
    question.field: question.rows for section in SECTIONS for question in section.questions if question.rows is not None
}
# For prefetch_related, where a page reads all answers.
WITH_ROWS = tuple(reading(name) for name in ROWS)
# The question that an attachment of each kind answers.
BY_KIND: dict[str, Question] = {
    kind: question
    for section in SECTIONS
    for question in section.questions
    if question.requirement is not None
    for kind in question.requirement.kinds
}
# The requirement that takes attachments of each kind.
SLOTS: dict[str, FileRequirement] = {
    kind: question.requirement for kind, question in BY_KIND.items() if question.requirement is not None
}
SECTION_OF = {question.number: section for section in SECTIONS for question in section.questions}


def covers(party, section: Section) -> bool:
    """Whether the party signs this section: the common ones, and those of the aims that it takes on."""
    return section.aim is None or section.aim == "cooperation" or getattr(party, section.aim)


def covered_sections(party) -> list[Section]:
    return [section for section in SECTIONS if covers(party, section)]
