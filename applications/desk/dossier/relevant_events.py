"""Which steps of others one has to know before doing something at the desk, by the name of the page.

What is not named here keeps nobody: the parties' own writing, mails, and the reviews of others. Those are blind: no
page may tell that one was recorded, or when; the verbs say what has to be said once all are done.
"""

STEPS = frozenset(
    {
        *("begin_review", "request_changes", "request_cancelled", "read_on", "due_extended"),
        *("answer_changes", "answer_some", "approve", "decline", "withdraw"),
        *("correct_to_approve", "correct_to_decline", "revoke"),
    }
)
TALK = frozenset({"message_sent"})
ASSIGNMENT = frozenset({"assigned", "unassigned"})
REVIEWERS = frozenset({"review_assigned", "review_taken_back", "recused"})
VISITS = frozenset({"visited"})
SETTLED = frozenset({"reviews_settled"})
DECISIONS = frozenset({"decision_prepared", "decision_changed", "decision_discarded"})
NOTHING: frozenset[str] = frozenset()

RELEVANT_EVENTS = {
    "messages": STEPS | TALK,
    "erase_message": NOTHING,
    "assign": STEPS | REVIEWERS,
    "take_back": STEPS | REVIEWERS,
    "give": STEPS | ASSIGNMENT,
    "take": STEPS | ASSIGNMENT,
    "give_back": STEPS | ASSIGNMENT,
    "visit": STEPS | VISITS,
    "settle": STEPS | SETTLED,
    "prepare_decision": STEPS | TALK | VISITS | SETTLED | DECISIONS,
    "change": STEPS | DECISIONS,
    # One's own words wait for nobody, and nothing keeps anyone from keeping out.
    "write_note": NOTHING,
    "change_note": NOTHING,
    "private": NOTHING,
    "recuse": NOTHING,
}


def events_relevant_for(page: str) -> frozenset[str]:
    """The actions that matter on this page; on a page that is not named, the steps of the application."""
    return RELEVANT_EVENTS.get(page, STEPS)
