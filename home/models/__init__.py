from .lists import GlossaryPage, NewsIndexPage, NewsPage, QuestionsPage, SessionIndexPage, SessionPage
from .pages import HomePage, InformationPage, SitePage, StoryPage
from .shipped import Shipped
from .snippets import EmptySearch, Fact, Frame, Question, Term

__all__ = [
    "EmptySearch",
    "Fact",
    "Frame",
    "GlossaryPage",
    "HomePage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "Question",
    "QuestionsPage",
    "SessionIndexPage",
    "SessionPage",
    "Shipped",
    "SitePage",
    "StoryPage",
    "Term",
]
