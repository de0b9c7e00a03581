"""What holds for each template."""

from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
LONGEST = 160  # as in pyproject.toml; djlint's linter does not look at it


def test_no_line_of_a_template_is_too_long():
    too_long = [
        f"{page.relative_to(TEMPLATES)}:{number}: {len(line)}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(page.read_text().splitlines(), start=1)
        if len(line) > LONGEST
    ]
    assert not too_long, "\n" + "\n".join(too_long)
