"""Structured data (schema.org) for search engines: data blocks, which the content policy allows."""

from django.conf import settings
from django.utils.html import strip_tags


def organisation() -> dict:
    return {"@type": "GovernmentOrganization", "name": "Fedasil", "url": "https://www.fedasil.be/"}


def structured_data(page, context: dict) -> list[dict]:
    """The objects that describe this page: its trail, and what it is."""
    found = [thing(page, context)]
    trail = [*context["navigation"].trail, page]
    if len(trail) > 1:
        found.append(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": place,
                        "name": step.title,
                        "item": settings.SITE_URL + step.url_path,
                    }
                    for place, step in enumerate(trail, start=1)
                ],
            }
        )
    return [{"@context": "https://schema.org", **item} for item in found]


def thing(page, context: dict) -> dict:
    """The page itself, as its kind of thing."""
    say = context["numbers"].say
    base = {
        "@type": page.kind_of_thing,
        "name": page.title,
        "url": page.public_url,
        "inLanguage": page.language,
        "description": say(page.search_description or page.intro),
    }
    if page.depth == 2:
        return {**organisation(), "mainEntityOfPage": page.public_url}
    if page.kind_of_thing in ("Article", "NewsArticle"):
        published = getattr(page, "date", None) or page.first_published_at
        return {
            **base,
            "headline": page.title,
            "publisher": organisation(),
            **({"datePublished": published.isoformat()} if published else {}),
        }
    if page.kind_of_thing == "Event":
        session = page.session
        where = (
            {"@type": "Place", "name": session.place}
            if session.place
            else {"@type": "VirtualLocation", "url": page.public_url}
        )
        cancelled = session.state == session.State.CANCELLED
        return {
            **base,
            "startDate": (session.begins_at if session.start_time else session.date).isoformat(),
            "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
            "location": where,
            "organizer": organisation(),
        }
    return base


def questions(themes, say) -> list[dict]:
    """The questions of an FAQPage."""
    return [
        {
            "@type": "Question",
            "name": question.question,
            "acceptedAnswer": {"@type": "Answer", "text": say(strip_tags(question.answer))},
        }
        for _theme, group in themes
        for question in group
    ]
