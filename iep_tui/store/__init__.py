"""Answers on the disk: one file a case, never half written, readable by nobody else."""
