"""Writes openness.parquet: two items in the form in which TRAIT is published, for the reader's test.

    python make_parquet.py        (made with pyarrow 25; snappy and dictionary pages, as the hub writes them)
"""

import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

rows = {
    "question": ["It rains. You have no coat. What now?", "A film begins at ten. Do you go?"],
    "response_high1": ["Dance.", "At once."],
    "response_high2": ["Sing.", "With joy."],
    "response_low1": ["Wait.", "I sleep."],
    "response_low2": ["Stay in.", "I never go."],
    "idx": [7, 8],
}
pq.write_table(pa.table(rows), pathlib.Path(__file__).with_name("openness.parquet"), compression="snappy")
