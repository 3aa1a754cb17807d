"""Start iep-tui: python -m iep_tui."""

import sys

from iep_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
