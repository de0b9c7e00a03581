"""Lives of weeks on the running site: people at browsers, mails, and a clock that goes on by half days."""

import json
import re
import subprocess
import sys
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser

from tests.browser import people
from tests.browser.site import ROOT, RunningSite

BELGIUM = ZoneInfo("Europe/Brussels")
HALF_A_DAY = timedelta(hours=12)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


class Site(RunningSite):
    """Web server and mail server; due jobs and tasks are done by the harness, when it is told to."""

    def __init__(self, folder):
        super().__init__(folder)
        self.env["DJANGO_SETTINGS_MODULE"] = "tests.journeys.settings"

    def commands(self) -> dict[str, list[str]]:
        return {name: command for name, command in super().commands().items() if name in ("web", "mail")}

    def start(self, *names: str) -> None:
        command = [sys.executable, "-m", "tests.journeys.harness"]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.log}
        self.processes["harness"] = subprocess.Popen(command, cwd=ROOT, env=self.env, text=True, **streams)
        super().start(*names)

    def work(self, moment: datetime | None = None) -> str:
        """All that due jobs and tasks have to do now, or once the clock stands at `moment`; what the jobs said."""
        harness = self.processes["harness"]
        print(json.dumps(moment and moment.timestamp()), file=harness.stdin, flush=True)
        answer = json.loads(harness.stdout.readline())
        assert answer["complaints"] == [], "\n".join(answer["complaints"])
        return answer["said"]

    def mails(self, to: str, subject: str) -> list[EmailMessage]:
        self.work()
        return super().mails(to, subject)

    def mail(self, to: str, subject: str, seen: int = 0) -> EmailMessage:
        """What has not come when all tasks are done does not come: nothing to wait for."""
        found = self.mails(to, subject)[seen:]
        assert found, f"no mail to {to} about {subject}"
        return found[-1]

    def call(self, *arguments):
        raise AssertionError("In a journey nothing is made or read but by page and mail.")


class Person(people.Person):
    """Knows its mails and its pages. After each hop it comes anew, and signs in by a mailed code."""

    def sign_in(self, by_code: bool = True) -> "Person":
        return super().sign_in(by_code=True)

    def note(self, message) -> None:
        """But that Wagtail cannot save by itself yet what is half filled in is no mistake."""
        if "status of 400" not in message.text or "/admin/pages/" not in message.location["url"]:
            super().note(message)

    def remember_session(self) -> None:
        """A session does not last until the next hop."""

    def in_words(self, day: datetime) -> str:
        """As pages and mails in this person's language write it."""
        long = "([day, language]) => new Date(day).toLocaleDateString(language, {dateStyle: 'long'})"
        return self.page.evaluate(long, [day.isoformat(), self.language])

    def mails(self, subject: str) -> list[EmailMessage]:
        return self.site.mails(self.email, subject)

    def read(self, subject: str) -> str:
        """The text of the latest mail about this."""
        return self.site.mail(self.email, subject).get_body(("plain",)).get_content()

    def follow_mail(self, subject: str, path: str) -> None:
        """Open the first address with `path` in it in the latest mail about this."""
        self.go(re.search(rf"http\S*{path}\S*", self.read(subject))[0])


class Life:
    """A site with its demo accounts, from nine in the morning of tomorrow on."""

    def __init__(self, site: Site, browser: Browser):
        self.site, self.browser = site, browser
        self.people: list[Person] = []
        tomorrow = datetime.now(BELGIUM).date() + timedelta(days=1)
        self.hop_to(datetime.combine(tomorrow, time(9), BELGIUM))

    def person(self, name: str, language: str = "nl") -> Person:
        """Someone who comes to the site now: a demo account by its name, or an address."""
        context = self.browser.new_context(
            viewport={"width": 1280, "height": 900}, locale=language, timezone_id=BELGIUM.key
        )
        context.set_default_timeout(10_000)
        context.clock.install(time=self.now)
        self.people.append(Person(self.site, context.new_page(), name, language))
        return self.people[-1]

    def officer(self, name: str = "officer", language: str = "nl") -> Person:
        """Someone of Fedasil, signed in, at the desk."""
        person = self.person(name, language).sign_in().enter_second_code()
        person.page.goto(f"{self.site.address}/admin/")
        return person

    def travel(self, days: int, hop: timedelta = HALF_A_DAY) -> None:
        """Let days go by; see `travel_to`."""
        self.travel_to(self.now + timedelta(days=days), hop)

    def travel_to(self, moment: datetime, hop: timedelta = HALF_A_DAY) -> None:
        """Hop by hop to a moment, with what is due done after each hop.

        Longer hops (A_DAY, A_WEEK) are for a time in which nothing that the journey looks at falls due: what falls due
        between two hops is done late, and what is meant for that day alone (a mail of the morning) not at all.
        """
        while self.now < moment:
            self.hop_to(min(self.now + hop, moment))

    def hop_to(self, moment: datetime) -> None:
        """Everyone leaves; the clock stands at `moment` (arithmetic is that of clocks on walls) for all who come."""
        self.leave()
        self.now = moment
        self.site.work(moment)

    def leave(self) -> None:
        for person in self.people:
            assert person.errors == [], person.errors
            person.page.context.close()
        self.people = []
