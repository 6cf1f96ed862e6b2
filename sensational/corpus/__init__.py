"""Many articles: the run over a corpus, in numbered parts, which can be interrupted and resumed.

    inputs  →  rows  →  parts  →  score_part  →  part files  →  OUT
    (files)    (plain data)       (an engine)    (the run)      (joined)

``inputs.py`` finds the inputs and their columns, ``delimited.py``, ``json_lines.py``, ``parquet.py`` and
``folder.py`` read them, ``part.py`` cuts and scores, ``engines/`` provide the workers, ``run.py`` counts,
``forms.py`` writes.
"""
