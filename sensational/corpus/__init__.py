"""Many articles: the run over a corpus, in numbered parts that can be interrupted and taken up again.

    inputs  →  rows  →  parts  →  score_part  →  part files  →  OUT
    (files)    (plain data)       (an engine)    (the run)      (joined)

``inputs.py`` says what is read and under which columns, ``delimited.py``, ``json_lines.py``, ``parquet.py``
and ``folder.py`` read it, ``part.py`` cuts and scores, ``engines/`` lend the hands, ``run.py`` keeps count,
``forms.py`` writes.
"""
