#!/usr/bin/env python3
"""Writes files of directions as other programs do, for the readers to be tested with.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy==2.4.6 safetensors==0.8.0
    venv/bin/python make_files.py

repeng.gguf has the keys, their types and the tensor names of repeng's `ControlVector.export_gguf` (PyPI repeng 0.4);
persona.safetensors has one matrix a trait with a row for the embedding and one for each layer, as persona vectors
are stored.
"""

from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import save_file

FOLDER = Path(__file__).parent

writer = gguf.GGUFWriter(FOLDER / "repeng.gguf", "controlvector")
writer.add_string("controlvector.model_hint", "llama")
writer.add_uint32("controlvector.layer_count", 3)
for block, values in {1: [1, 2, 3, 4], 2: [0.25, -2, 0.5, 8], 29: [1, 0, 0, 1]}.items():
    writer.add_tensor(f"direction.{block}", np.array(values, dtype=np.float32))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()

save_file(
    {
        "evil": np.array([[0, 0, 0], [1, 2, 3], [5, -6, 7.5]], dtype=np.float32),
        "kind": np.array([[1, 0, 0], [1, 2, 4], [5, -6, 7.5]], dtype=np.float16),
    },
    FOLDER / "persona.safetensors",
)
