"""Our checks in Wagtail's panel of checks.

The panel takes rules as JSON only, so Python finds the faults: the preview carries a note for each
(templatetags/faults.py), and a rule a kind reports the notes, with axe's own check of an attribute.
"""

from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem

from .faults import HELP, Kind

ATTRIBUTE = "data-fault"
CHECK = "no-fault-is-noted"
# Wagtail's panel finds these itself, in the page that the preview shows.
FOUND_BY_WAGTAIL = {Kind.HEADING}
NOTED = [kind for kind in Kind if kind not in FOUND_BY_WAGTAIL]


class ContentChecks(ContentCheckerItem):
    """Wagtail's checks and ours."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *(kind.value for kind in NOTED)]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": kind.value,
                "impact": "serious",
                "selector": f"[{ATTRIBUTE}={kind.value}]",
                "tags": ["best-practice"],
                "none": [CHECK],
                "enabled": True,
            }
            for kind in NOTED
        ),
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        # Of axe-core itself: whether an element has this attribute, with something in it.
        {"id": CHECK, "evaluate": "attr-non-space-content-evaluate", "options": {"attribute": ATTRIBUTE}},
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{kind.value: {"error_name": kind.label, "help_text": HELP[kind]} for kind in NOTED},
    }


def check_content(request, items, page) -> None:
    """Put ours in the place of Wagtail's item (receives the hook construct_wagtail_userbar)."""
    items[:] = [ContentChecks(item.in_editor) if type(item) is AccessibilityItem else item for item in items]
