"""The addresses of translations in Wagtail's admin; they stand before those of wagtail-localize."""

from django.urls import path

from . import editor, pair_pages, report, wording

URLS = [
    path("translations/", report.WaitingReportView.as_view(), name="desk_translations"),
    path(
        "translations/results/", report.WaitingReportView.as_view(results_only=True), name="desk_translations_results"
    ),
    path("translations/<int:translation_id>/submit/", editor.submit, name="submit_translation"),
    path("translations/<int:translation_id>/preview/", editor.preview, name="preview_translation"),
    *(
        path(
            f"translations/<int:translation_id>/preview/{name}/",
            editor.preview_sized,
            {"width": width, "height": height},
            name=f"preview_translation_{name}",
        )
        for name, (width, height) in editor.SIZES.items()
    ),
    path("translations/<int:translation_id>/state/", editor.state, name="translation_state"),
    path("pages/<int:page_id>/publish_together/", pair_pages.ask, name="publish_together"),
    path("localize/jsi18n/", wording.EditorCatalog.as_view(), name="editor_catalog"),
    path("localize/translate/<int:translation_id>/<path:rest>", editor.pass_on, name="translation"),
    path("localize/page/<int:page_id>/convert_to_alias/", editor.refuse, name="convert_to_alias"),
    path(
        "localize/update/<int:translation_source_id>/",
        editor.SynchroniseView.as_view(),
        name="synchronise_translations",
    ),
]
