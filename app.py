"""Start iep-tui from a checkout: python app.py."""

from iep_tui.cli.main import run

if __name__ == "__main__":
    run()
