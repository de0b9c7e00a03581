"""All blocks of a body, in the order of the chooser."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from . import figures, overviews, pictures, texts, ways


class BodyBlock(blocks.StreamBlock):
    heading = texts.HeadingBlock()
    text = texts.IllustratedBlock()
    callout = texts.CalloutBlock()
    quote = texts.QuoteBlock()
    reported_speech = texts.ReportedSpeechBlock()
    accordion = texts.AccordionBlock()
    sample = texts.SampleBlock()
    marked = texts.MarkedBlock()
    note = texts.NoteBlock()
    margin_note = texts.MarginNoteBlock()
    image = pictures.PictureBlock()
    drawing = pictures.DrawingBlock()
    file = pictures.FileBlock()
    video = pictures.VideoBlock()
    map = pictures.MapBlock()
    cards = overviews.CardsBlock()
    steps = overviews.StepsBlock()
    checklist = overviews.ChecklistBlock()
    comparison = overviews.ComparisonBlock()
    table = overviews.TableBlock()
    key_figure = figures.KeyFigureBlock()
    chart = figures.ChartBlock()
    arrivals = figures.ArrivalsBlock()
    amounts = figures.AmountsBlock()
    worked = figures.WorkedBlock()
    budget = figures.BudgetBlock()
    action = ways.ActionBlock()
    doors = ways.DoorsBlock()
    entrances = ways.EntrancesBlock()
    sessions = ways.SessionsBlock()
    questions = ways.QuestionsBlock()

    class Meta:
        label = _("body")
        max_num = 100
        once = ("map", "chart", "arrivals", "action", "entrances", "sessions")
        block_counts = dict.fromkeys(once, {"max_num": 1})


class BodyField(StreamField):
    """A StreamField of our blocks. Migrations leave the blocks out: the database keeps JSON whatever they are."""

    def __init__(self, block_types=None, **kwargs):
        super().__init__(block_types if block_types is not None else BodyBlock(), **kwargs)

    def deconstruct(self):
        name, path, _arguments, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [[]], options
