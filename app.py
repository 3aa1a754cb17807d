"""Start iep-tui from a checkout: python app.py."""

import sys

from iep_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
