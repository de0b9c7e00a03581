"""The base of the app configurations whose tables Wagtail does not index."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """An app whose rows are work, not content: Wagtail keeps no index of what they refer to.

    Its subclasses say `default = True`: with two classes in one apps.py Django would take neither.

    Wagtail would queue a task and write rows for that index at every save of a mail, a log entry or an answer.
    """

    def ready(self):
        for model in self.get_models():
            model.wagtail_reference_index_ignore = True
