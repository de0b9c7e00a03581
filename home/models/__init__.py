"""Page types and snippets, information sessions, prints, what translations lack, what keeps the site right."""

from .incomplete import IncompleteRevision
from .lists import GlossaryPage, NewsIndexPage, NewsPage, QuestionsPage, SessionIndexPage, SessionPage
from .pages import HomePage, InformationPage, SitePage, StoryPage
from .printed import PrintedPage, PrintRequest
from .searches import EmptySearch, Synonym
from .sessions import Registration, Session
from .shipped import Shipped
from .snippets import Fact, Frame, Question, Term
from .upkeep import BrokenLink, PageReview

__all__ = [
    "BrokenLink",
    "EmptySearch",
    "Fact",
    "Frame",
    "GlossaryPage",
    "HomePage",
    "IncompleteRevision",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "PageReview",
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
    "Synonym",
    "Term",
]
