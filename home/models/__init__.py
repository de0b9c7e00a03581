"""Page types and snippets, information sessions, prints, what translations lack, what keeps the site right."""

from .incomplete import IncompleteRevision
from .lists import GlossaryPage, NewsIndexPage, NewsPage, QuestionsPage, SessionIndexPage, SessionPage
from .notices import SiteNotice
from .pages import HomePage, InformationPage, SitePage, StoryPage
from .pairs import PairDecision, SourceDraft
from .printed import PrintedPage, PrintRequest
from .searches import EmptySearch, SearchEntry, SearchPlace, SearchWord, Synonym
from .sessions import Registration, Session
from .shipped import Shipped
from .snippets import Fact, Frame, Question, Term
from .terms import OfficialTerm
from .texts import SiteText, SourceName
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
    "OfficialTerm",
    "PairDecision",
    "PageReview",
    "PrintRequest",
    "PrintedPage",
    "Question",
    "QuestionsPage",
    "Registration",
    "SearchEntry",
    "SearchPlace",
    "SearchWord",
    "Session",
    "SessionIndexPage",
    "SessionPage",
    "Shipped",
    "SiteNotice",
    "SitePage",
    "SiteText",
    "SourceDraft",
    "SourceName",
    "StoryPage",
    "Synonym",
    "Term",
]
