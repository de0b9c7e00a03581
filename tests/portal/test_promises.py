"""Whatever the portal says will happen at some time is done by a job that is registered (portal/jobs.py).

The sentences are the English texts of interface, help and mails, and the English pages as shipped. One
that sounds like a promise has to stand in one of the three tables.
"""

import re

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from home.models import Question
from portal import jobs

ROOT = settings.BASE_DIR
NUMBER = r"(\d+|%\(\w+\)[sd]|one|two|three|five|seven|ten|twelve|fourteen|thirty)"
SOUNDS_LIKE_A_PROMISE = re.compile(
    rf"\b(delet\w+|we erase|forget|remind\w*|expires?|goes? live|published on|clears? away|ends? after {NUMBER}"
    rf"|(each|every) (minute|hour|morning|day|week)|the day before|{NUMBER} (days|weeks|months|years) (after|before)"
    r"|for another \w+ months|expiry)\b",
    re.IGNORECASE,
)

# What is promised, by how the sentence begins → the job that does it.
PROMISES = {
    "scheduled publishing": (
        "go live date/time",
        "expiry date/time",
        "It goes live on %(at)s.",
        "Goes live",
        "“%(title)s” goes live",
    ),
    "session reminders": ("We mail you a confirmation, and a reminder the day before.",),
    "old registrations": (
        "We use what you write for this session only, and delete it 30 days after it.",
        "We use your name, your e-mail address and what you write only to answer you or to organise the session.",
    ),
    "notices of the partner finder": (
        "At most six months from today. We write to you 14 days before; you can then renew the notice.",
    ),
    "old conversations of the partner finder": (
        "Six months after the last step, the portal deletes the conversation.",
    ),
    "old searches": ("Each search is deleted half a year after someone last made it.",),
    "reviews of pages": ("Nobody is named, so all publishers are reminded.",),
    "addresses of readers": (
        "We use it for this one e-mail and then delete it.",
        "As soon as the PDF is ready, you get an e-mail with its link. A day later we delete your address.",
    ),
    "drafts that nobody touches": (
        "Save any section to keep it for another twelve months:",
        "A draft that does not change for a year expires. You get two e-mails before.",
    ),
    "virus checks": ("The virus check does not answer now. Your files are kept and wait; we try again each minute.",),
    "sweep files": ("Each hour the portal clears away files that belong to nothing.",),
    "notices of the morning": ("in one mail each morning",),
    "mails to translators": ("You get this e-mail when there is something new, at most once a day.",),
}
# True without a job: looked at when someone comes.
HELD_WHEN_USED = (
    "Not for you? Do nothing: the invitation ends after 14 days.",
    "Your colleague gets an e-mail with a link, and signs in with that address. The invitation ends after 14 days.",
)
# These tell what happened, what someone does now, or what the reader may do.
NO_PROMISES = (
    "A translation of this page is on the site. A publisher can delete it, with this page.",
    "Some of these pages have translations. Move, unpublish or delete one by one: each takes its own along.",
    "An absence was deleted.",
    "The person is back from today on. What had not begun is deleted.",
    "The document was deleted.",
    "The page was deleted.",
    "The virus check found something in this file. We deleted it.",
    "The virus check refused a file. It was deleted.",
    "The virus check refused a paper that shows a capacity. It was deleted.",
    "You added a file to an application. The virus check found something in it, so we deleted it.",
    "You added a paper that shows in which capacity %(person)s signs for %(name)s. The virus check found",
    "You can then no longer sign in with “%(authenticator)s”. Delete it on your device too.",
)
NAMED = (*(begin for sentences in PROMISES.values() for begin in sentences), *HELD_WHEN_USED, *NO_PROMISES)


def sentences() -> set[str]:
    """All English texts that people read: of the interface, of the pages, and what Wagtail calls its two times."""
    interface = polib.pofile(str(ROOT / "portal/locale/nl/LC_MESSAGES/django.po"))
    pages = [polib.pofile(str(path)) for path in (ROOT / "home/content/translations/en").glob("*.po")]
    found = {text for entry in interface for text in (entry.msgid, entry.msgid_plural) if text}
    found |= {" ".join(re.sub(r"<[^>]+>", "", entry.msgstr).split()) for page in pages for entry in page}
    with override("en"):
        return found | {str(Question._meta.get_field(name).verbose_name) for name in ("go_live_at", "expire_at")}


def test_each_promise_has_its_job():
    promises = {sentence for sentence in sentences() if SOUNDS_LIKE_A_PROMISE.search(sentence)}
    unknown = sorted(sentence for sentence in promises if not sentence.startswith(NAMED))
    assert not unknown, f"No table of this test names: {unknown}"


@pytest.mark.parametrize("job", PROMISES)
def test_the_job_of_a_promise_is_registered(job):
    assert job in jobs.JOBS


def test_no_table_names_what_nobody_says_any_more():
    said = sentences()
    assert not [begin for begin in NAMED if not any(sentence.startswith(begin) for sentence in said)]
