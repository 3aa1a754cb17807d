"""What must not grow: counted, never timed, so that the same number comes out on every machine."""
