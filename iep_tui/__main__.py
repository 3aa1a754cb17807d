"""Start iep-tui: python -m iep_tui."""

from iep_tui.cli.main import run

if __name__ == "__main__":
    run()
