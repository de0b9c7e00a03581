"""What stands in Wagtail's own addresses: for each kind of thing that its pages are about, one that exists."""

from datetime import date

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Locale,
    PageViewRestriction,
    Site,
    TranslatableMixin,
    UploadedFile,
)
from wagtail_factories import CollectionFactory, DocumentFactory, ImageFactory
from wagtail_localize.models import OverridableSegment, StringSegment, TranslationSource

from applications.models import (
    AssignmentRule,
    CouncilText,
    CriteriaSet,
    DecisionPower,
    HandlingTerm,
    Intake,
    LetterTemplate,
    Office,
    ReviewRule,
)
from home.models import (
    EmptySearch,
    Fact,
    Frame,
    InformationPage,
    OfficialTerm,
    Question,
    Session,
    SiteNotice,
    SiteText,
    SourceName,
    Synonym,
    Term,
)
from partners.models import ChecklistTemplate, Rate, YearFigure
from portal import clock
from portal.models import User

# A row that a deployment has, for the pages that are about rows of one table.
SHIPPED = {
    "council_text": CouncilText,
    "letter_template": LetterTemplate,
    "official_term": OfficialTerm,
    "office": Office,
    "handling_term": HandlingTerm,
    "criteria": CriteriaSet,
    "decision_power": DecisionPower,
    "locale": Locale,
    "site": Site,
    "group": Group,
}
SNIPPETS = {
    "question": Question,
    "term": Term,
    "frame": Frame,
    "sitetext": SiteText,
    "sitenotice": SiteNotice,
    "fact": Fact,
    "yearfigure": YearFigure,
    "checklisttemplate": ChecklistTemplate,
    "sourcename": SourceName,
}


def of_wagtail(people: dict[str, User]) -> dict[str, dict]:

    made = {
        "rate": Rate.objects.create(
            code="second_year", amount=700, valid_from=date(2100, 1, 1), source="A decision", source_date=clock.today()
        ),
        "intake": Intake.objects.create(valid_from=clock.now(), state="open"),
        "review_rule": ReviewRule.objects.create(valid_from=clock.today(), reviews=2),
        "assignment_rule": AssignmentRule.objects.create(officer=people["officer"]),
        "empty_search": EmptySearch.objects.create(words="unicorn", language="nl", times=1, last_on=clock.today()),
    }
    for key in ("site.name", "not_found.text"):
        SiteText.objects.create(key=key, text="Tekst.", locale=Locale.objects.get(language_code="nl"))
        SiteNotice.objects.create(
            kind="other", text=key, shown_from=clock.today(), locale=Locale.objects.get(language_code="nl")
        )
    made["synonym"] = Synonym.objects.earliest("pk")
    return {
        **{about: {"pk": model.objects.earliest("pk").pk} for about, model in SHIPPED.items()},
        **{about: {"pk": found.pk} for about, found in made.items()},
        **{about: of_snippet(model, people["publisher"]) for about, model in SNIPPETS.items()},
        **{f"{about}_approval": submitted_snippet(model, people["editor"]) for about, model in SNIPPETS.items()},
        "session_draft": of_snippet(Session, people["publisher"]),
        "session_approval": submitted_snippet(Session, people["editor"]),
        **of_pages(people),
        **of_translations(),
        **of_files(people),
        "user": {"pk": people["manager"].pk},
        "collection": dict.fromkeys(["pk", "collection_id"], CollectionFactory(parent=root_collection()).pk),
        "redirect": {"redirect_id": Redirect.objects.create(old_path="/old", redirect_link="/nl/").pk},
        "reset": {"uidb64": "MQ", "token": "set-password"},
        "settings": {"app_name": "portal", "model_name": "user", "pk": 1},  # no settings are registered
    }


def of_snippet(model, author: User) -> dict:
    in_dutch = {"locale__language_code": "nl"} if issubclass(model, TranslatableMixin) else {}
    snippet = model.objects.filter(**in_dutch).earliest("pk")
    revision = snippet.save_revision(user=author)
    return {
        "pk": snippet.pk,
        "app_label": model._meta.app_label,
        "model_name": model._meta.model_name,
        "revision_id": revision.pk,
        "revision_id_a": revision.pk,
        "revision_id_b": "latest",
    }


def submitted_snippet(model, author: User) -> dict:
    """Another, which waits for approval."""
    snippet = model.objects.latest("pk")
    snippet.save_revision(user=author)
    state = snippet.get_workflow().start(snippet, author)
    return {
        "pk": snippet.pk,
        "action_name": "approve",
        "task_state_id": state.current_task_state_id,
        "workflow_state_id": state.pk,
        "task_id": state.current_task_state.task_id,
    }


def of_pages(people: dict[str, User]) -> dict[str, dict]:
    """A page that an editor works on, and another that waits for approval by a publisher."""
    changed, submitted = InformationPage.objects.filter(locale__language_code="nl").order_by("pk")[:2]
    revision = changed.save_revision(user=people["editor"])
    session = EditingSession.objects.create(
        user=people["editor"], content_object=changed, last_seen_at=clock.now(), is_editing=True
    )
    submitted.save_revision(user=people["editor"])
    workflow = submitted.get_workflow()
    state = workflow.start(submitted, people["editor"])
    task = state.current_task_state.task
    below = workflow.workflow_pages.earliest("pk").page_id
    page = {
        **dict.fromkeys(["page_id", "page_to_move_id", "pk", "_0"], changed.pk),
        "parent_page_id": changed.get_parent().pk,
        "destination_id": submitted.pk,
        "revision_id": revision.pk,
        "_1": revision.pk,
        "_2": "latest",
        **dict.fromkeys(["content_type_app_name", "app_label", "app_name"], "home"),
        **dict.fromkeys(["content_type_model_name", "model_name"], "informationpage"),
        "action_name": "publish",
        "mode": "preview",
    }
    alias = submitted.create_alias(update_slug="alias")
    private = PageViewRestriction.objects.create(page=alias, restriction_type="password", password="closed")
    return {
        "wagtail_page": page,
        "pair": {"page_id": changed_in_dutch().pk},
        "private_page": {"page_view_restriction_id": private.pk, "page_id": alias.pk},
        "alias": {"page_id": alias.pk},
        "page_to_find": {"query": "html_path=wat-is-hervestiging"},
        "bulk_action": {
            "app_label": "wagtailcore",
            "model_name": "page",
            "action": "publish",
            "query": f"id={changed.pk}",
        },
        "editing_session": {
            "app_label": "home",
            "model_name": "informationpage",
            "object_id": changed.pk,
            "session_id": session.pk,
        },
        "approval": {
            "page_id": submitted.pk,
            "action_name": "approve",
            "task_id": task.pk,
            "task_state_id": state.current_task_state_id,
            "workflow_state_id": state.pk,
        },
        "workflow": {
            "pk": workflow.pk,
            "page_pk": below,
            "workflow_pk": workflow.pk,
        },
        "workflow_task": {
            "pk": task.pk,
            "task_id": task.pk,
            "app_label": "wagtailcore",
            "model_name": "groupapprovaltask",
        },
    }


def changed_in_dutch() -> InformationPage:
    """A page with a draft that its French page does not have."""
    page = InformationPage.objects.get(url_path="/nl/contact/")
    page.intro = "Nog niet in het Frans."
    page.save_revision()
    return page


def of_translations() -> dict[str, dict]:
    """The French translation of a page, with a text in it and something that translators may replace."""
    page = InformationPage.objects.filter(locale__language_code="nl").earliest("pk")
    source = TranslationSource.objects.get_for_instance(page)
    translation = source.translations.get(target_locale__language_code="fr")
    replaceable = OverridableSegment.objects.earliest("pk")
    of_replaceable = replaceable.source.translations.get(target_locale__language_code="fr")
    return {
        "translation": {
            "translation_id": translation.pk,
            "translation_source_id": source.pk,
            "string_segment_id": StringSegment.objects.filter(source=source).earliest("pk").pk,
            "page_id": translation.get_target_instance().pk,
            "mode": "default",
            "rest": "pofile/download/",
            "query": "next=/admin/pages/",  # else stopping a translation leads to the first page, as a refusal does
        },
        "override": {"translation_id": of_replaceable.pk, "overridable_segment_id": replaceable.pk},
    }


def of_files(people: dict[str, User]) -> dict[str, dict]:
    image, document = ImageFactory(collection=root_collection()), DocumentFactory(collection=root_collection())
    uploaded, uploaded_document = (
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(one),
            file=ContentFile(one.file.read(), f"uploaded.{kind}"),
            uploaded_by_user=people["editor"],
        )
        for one, kind in ((image, "jpg"), (document, "pdf"))
    )
    return {
        "tag": {"app_name": "taggit", "model_name": "tag"},
        "image_to_find": {"query": f"id={image.pk}"},
        "document_to_find": {"query": f"id={document.pk}"},
        "rendition": {"name": image.get_rendition("max-165x165").file.name.removeprefix("images/")},
        "public_document": {"pk": document.pk, "name": document.filename},
        "image": {"image_id": image.pk, "pk": image.pk, "filter_spec": "width-100"},
        "uploaded_image": {"uploaded_file_id": uploaded.pk},
        "document": {"document_id": document.pk, "doc_id": document.pk, "pk": document.pk},
        "uploaded_document": {"uploaded_file_id": uploaded_document.pk},
    }


def root_collection() -> Collection:
    return Collection.get_first_root_node()
