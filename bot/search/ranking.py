"""The constants of BM25, the same for every engine, so that they rank alike."""

K1 = 0.9  # how soon more of a word says no more
B = 0.6  # how much a long passage is held back
UNSEEN = 0.5  # texts that have a term which none has, for its idf
