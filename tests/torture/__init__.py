"""Whatever happens while a save is on its way: kills, faults, a full disk. Short here, long by `make torture`."""
