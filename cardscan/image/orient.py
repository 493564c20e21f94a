"""Which way up a card is read: a small classifier looks at the rectified card in four turns.

The model (`orientation` in the manifest) was made for pages of text; one turn of a card fools it now and then. Asked
about all four turns, its answers must agree with each other, and their product is surer than any one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from cardscan import assets

if TYPE_CHECKING:
    from cardscan.record import Pixels

INPUT: Final = 224
_MEAN: Final = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION: Final = np.array([0.229, 0.224, 0.225], np.float32)


def turn_to_upright(card: Pixels) -> tuple[int, float]:
    """The clockwise turn in degrees (0, 90, 180 or 270) that makes `card` upright, and its probability."""
    scores = upright_scores(card)
    scores = np.exp(scores - scores.max())
    scores /= scores.sum()
    best = int(np.argmax(scores))
    return 90 * best, float(scores[best])


def upright_scores(card: Pixels) -> NDArray[np.float64]:
    """Log-likelihood of each clockwise turn (0, 90, 180, 270 degrees) being the one that makes the card upright."""
    views = _views(card)
    output = _session().run(None, {"x": np.stack(views)})[0].astype(np.float64)
    log = np.log(np.clip(output, 1e-6, 1.0))
    # Class k says "this picture is turned by 90k degrees clockwise".
    return log.mean(axis=0)[[0, 3, 2, 1]]


def _views(card: Pixels) -> list[NDArray[np.float32]]:
    height, width = card.shape[:2]
    scale = 256 / min(height, width)
    size = (max(INPUT, round(width * scale)), max(INPUT, round(height * scale)))
    small = cv2.resize(card, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    top, left = (small.shape[0] - INPUT) // 2, (small.shape[1] - INPUT) // 2
    crop = small[top : top + INPUT, left : left + INPUT]
    return [((crop / np.float32(255) - _MEAN) / _DEVIATION).transpose(2, 0, 1)]


@cache
def _session() -> Any:
    # Imported here: loading onnxruntime takes a tenth of a second that `--help` need not wait.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(assets.path("orientation")), sess_options=options, providers=["CPUExecutionProvider"]
    )
