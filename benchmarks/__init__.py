"""How fast and how small is it, and how does it stand beside its peers? `make bench` prints one table."""
