"""`python -m kyphoviz` is the command `kyphoviz`."""

from kyphoviz.cli import run

if __name__ == "__main__":
    run()
