"""The drawing of the rooms shows the imports of today."""

import sys

from tests.portal.test_databases import ROOT

sys.path.append(str(ROOT / "scripts"))
import house  # noqa: E402


def test_the_committed_drawing_is_what_the_script_makes():
    assert house.TARGET.read_text(encoding="utf-8") == house.drawing(), "the rooms changed: run `make house`"
