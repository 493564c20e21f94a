"""Opens the models of the manifest with onnxruntime, on the CPU, the same way for every stage."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from cardscan import assets
from cardscan.errors import ModelError

if TYPE_CHECKING:
    import onnxruntime


@functools.cache
def open_session(model: str, threads: int = 1) -> onnxruntime.InferenceSession:
    """Open a model, with all graph optimisations.

    Memory patterns and the arena are off: both keep buffers for every input shape they have seen, and photos and text
    come in every shape, so a long batch would grow without end.

    Raises:
        ModelError: The file is missing or altered, or onnxruntime cannot load it.
    """
    # Imported here: loading it takes a tenth of a second that `--help` need not wait.
    import onnxruntime

    path = assets.path(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3  # errors only: warnings about the graph are not the user's business
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions share no public base class
        raise ModelError(f"onnxruntime {onnxruntime.__version__} cannot load {path} ({error})") from error
