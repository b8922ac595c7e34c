"""`python -m kyphoviz` is the command `kyphoviz`."""

import sys

from kyphoviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
