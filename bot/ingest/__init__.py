"""How does a document come in?

The bytes of a file → `draft.Document`, in a child process (`child`, started by `reader`). `kinds` tells by its
content what a file is; each format has a module whose `read` gives a `Draft` of blocks; `shaping` makes passages
of the blocks. Nothing here reads or writes a knowledge base, or asks any address for anything.
"""
