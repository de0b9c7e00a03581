"""Page types and snippets, information sessions, prints, what translations lack."""

from .incomplete import IncompleteRevision
from .lists import GlossaryPage, NewsIndexPage, NewsPage, QuestionsPage, SessionIndexPage, SessionPage
from .pages import HomePage, InformationPage, SitePage, StoryPage
from .printed import PrintedPage, PrintRequest
from .sessions import Registration, Session
from .shipped import Shipped
from .snippets import EmptySearch, Fact, Frame, Question, Term

__all__ = [
    "EmptySearch",
    "Fact",
    "Frame",
    "GlossaryPage",
    "HomePage",
    "IncompleteRevision",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "PrintRequest",
    "PrintedPage",
    "Question",
    "QuestionsPage",
    "Registration",
    "Session",
    "SessionIndexPage",
    "SessionPage",
    "Shipped",
    "SitePage",
    "StoryPage",
    "Term",
]
