"""Options as a person has them who sets nothing."""

from __future__ import annotations

import pytest

from cardscan.options import ImageOptions


@pytest.fixture
def options() -> ImageOptions:
    return ImageOptions()
