"""What is kept of a knowledge base on disk, so that a large one is answered from without reading it all?"""

from collections.abc import Callable

Progress = Callable[[int, int], None]  # is told how many passages are indexed, and of how many
