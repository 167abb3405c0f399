"""`python -m bot` is `gakju`."""

from bot.cli import main

main()
