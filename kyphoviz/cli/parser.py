"""What may be typed after `kyphoviz`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from kyphoviz.cli.values import frame_rate, place, seen, size
from kyphoviz.modes import MODES
from kyphoviz.procedure.state import XrayView

DESCRIPTION = "A film of balloon kyphoplasty, computed as it plays."
NOTICE = "For general education only; it is no medical advice and no planning tool."
SCENE_HELP = "a shipped scene (see: kyphoviz scenes) or the path of a scenario file"
AT_HELP = "seconds, the id of a step (its start), or ID:0.6 (that share of it)"
DEFAULT_SCENE = "kyphoplasty"
LEVELS = ("T11", "T12", "L1", "L2", "L3")
BONE_SETS = ("older_woman", "average_adult", "man", "younger")

COMMANDS = {
    "scenes": "list the shipped scenarios",
    "check": "validate scenario files; every error with file and line",
    "state": "print the state of a moment",
    "render": "one picture: the 3D view or an X-ray",
    "contact": "one labelled picture per step on one sheet",
    "movie": "the film as H.264",
    "handout": "two pages to take home, as PDF",
    "shapes": "every shape of a moment as STL, plus shapes.json",
    "anatomy": "make the bones anew, measure them, export one",
    "bench": "measure how fast the program is here",
    "kiosk-pin": "make the hash of a PIN for the kiosk's settings",
}


def window_parser() -> argparse.ArgumentParser:
    """The parser of `kyphoviz [SCENE] ...`: the window."""
    width = max(map(len, COMMANDS)) + 2
    listed = "\n".join(f"  {name:<{width}}{words}" for name, words in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="kyphoviz",
        description=f"{DESCRIPTION} Without a command it opens the window.",
        epilog=f"commands (kyphoviz COMMAND --help tells more):\n{listed}\n\n{NOTICE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("scene", nargs="?", metavar="SCENE", help=f"{SCENE_HELP} (default {DEFAULT_SCENE})")
    _add_bones(parser)
    parser.add_argument("--mode", choices=[mode.name for mode in MODES], help="who is looking (default: as before)")
    parser.add_argument("--theme", choices=("dark", "light", "system"), help="colours (default: as before)")
    parser.add_argument("--language", default="en", help="language of the words, as a code such as en")
    parser.add_argument("--kiosk-settings", metavar="FILE.toml", help="with --mode kiosk (see docs/kiosk/kiosk.toml)")
    parser.add_argument("--exit-after-first-frame", action="store_true", help="end once the first picture was shown")
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    return parser


def command_parser() -> argparse.ArgumentParser:
    """The parser of `kyphoviz COMMAND ...`."""
    parser = argparse.ArgumentParser(prog="kyphoviz", description=DESCRIPTION, epilog=NOTICE, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=COMMANDS[name], description=COMMANDS[name], allow_abbrev=False)

    command("scenes").add_argument("--json", action="store_true", help="one JSON object a line")
    command("check").add_argument("files", nargs="*", metavar="FILE", help="scenario files; all shipped ones if none")
    _add_state(command("state"))
    _add_render(command("render"))
    _add_contact(command("contact"))
    _add_movie(command("movie"))
    _add_handout(command("handout"))
    _add_shapes(command("shapes"))
    _add_anatomy(command("anatomy"))
    command("kiosk-pin")
    _add_bench(command("bench"))
    return parser


def _add_bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--check", action="store_true", help="exit code 1 where a bar is missed, with a line for each")


def _add_state(parser: argparse.ArgumentParser) -> None:
    _add_scene(parser)
    parser.add_argument("--at", required=True, help=f"{AT_HELP}; several parted by commas")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, in the order asked")


def _add_render(parser: argparse.ArgumentParser) -> None:
    _add_scene(parser)
    parser.add_argument("--at", required=True, help=AT_HELP)
    parser.add_argument("--view", choices=("3d", *map(str, XrayView)), default="3d")
    parser.add_argument("--size", type=size, help="in pixels (default 1280x720; for an X-ray, the detector's)")
    parser.add_argument("--quality", choices=("draft", "still"), default="still")
    parser.add_argument("-o", "--output", type=place, metavar="FILE.png")
    parser.add_argument("--marks", choices=("on", "off"), default="on", help="side and notice on an X-ray (default on)")
    parser.add_argument("--raw", type=place, metavar="FILE.npy", help="an X-ray's line integral as float32")


def _add_contact(parser: argparse.ArgumentParser) -> None:
    _add_scene(parser)
    parser.add_argument("-o", "--output", type=place, required=True, metavar="FILE.png")
    parser.add_argument("--size", type=size, default=(480, 270), help="of each picture (default 480x270)")
    parser.add_argument("--quality", choices=("draft", "still"), default="still")
    parser.add_argument("--language", default="en")


def _add_movie(parser: argparse.ArgumentParser) -> None:
    _add_scene(parser)
    parser.add_argument("-o", "--output", type=place, required=True, metavar="FILE.mp4")
    parser.add_argument("--fps", type=frame_rate, default=30.0, help="frames per second (default 30)")
    parser.add_argument("--size", type=size, default=(1280, 720), help="even numbers (default 1280x720)")
    parser.add_argument("--from", dest="start", metavar="S", help=f"where it begins: {AT_HELP}")
    parser.add_argument("--to", dest="end", metavar="S", help="where it ends")
    parser.add_argument("--captions", choices=("burn", "srt", "none"), default="burn")
    parser.add_argument("--layout", choices=("3d", "3d+xray"), default="3d")
    parser.add_argument("--quality", choices=("draft", "still"), default="draft")
    parser.add_argument("--language", default="en")
    parser.add_argument("--progress", choices=("tenths", "often"), default="tenths", help="told on standard error")
    parser.add_argument("--ends-with-input", action="store_true", help="end once standard input closes")
    parser.add_argument("--as-seen", type=seen, help=argparse.SUPPRESS)  # told by the window


def _add_handout(parser: argparse.ArgumentParser) -> None:
    _add_scene(parser)
    parser.add_argument("-o", "--output", type=place, required=True, metavar="FILE.pdf")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
    parser.add_argument("--language", default="en", help="of all words, as a code such as en")


def _add_shapes(parser: argparse.ArgumentParser) -> None:
    _add_scene(parser)
    parser.add_argument("--at", required=True, help=AT_HELP)
    parser.add_argument("-o", "--output", type=place, required=True, metavar="DIR")


def _add_anatomy(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser("build", help="make assets/meshes/ anew")
    build.add_argument("--level", choices=LEVELS, help="this bone alone")
    _add_set(build)
    build.add_argument("-o", "--output", type=place, metavar="DIR", help="another folder than assets/meshes/")
    measure = actions.add_parser("measure", help="sizes of the bones beside published ones")
    measure.add_argument("--level", choices=LEVELS)
    _add_set(measure)
    measure.add_argument("--json", action="store_true")
    sizes = actions.add_parser("sizes", help="the sizes of a set, each with its unit and source")
    _add_set(sizes)
    sizes.add_argument("--json", action="store_true")
    export = actions.add_parser("export", help="one bone as STL, in millimetres, its body's centre at the origin")
    export.add_argument("--level", choices=LEVELS, required=True)
    export.add_argument("--intact", action="store_true", help="before any fracture (the only form there is)")
    _add_set(export)
    export.add_argument("-o", "--output", type=place, required=True, metavar="FILE.stl")
    gallery = actions.add_parser("gallery", help="every bone from six sides on one sheet")
    gallery.add_argument("-o", "--output", type=place, required=True, metavar="FILE.png")


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", metavar="NAME|FILE.yaml", help=f"whose bones: {', '.join(BONE_SETS)}, or a file")


def _add_scene(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scene", metavar="SCENE", help=SCENE_HELP)
    _add_bones(parser)


def _add_bones(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bones", metavar="DIR", help="other bones, made by: kyphoviz anatomy build --set NAME -o DIR")


class _Version(argparse.Action):
    """Tells the version; it is looked up only when it is asked for, for that takes longer than all else here."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:  # fmt: skip
        """Prints it and ends."""
        print(f"kyphoviz {_version()}")
        parser.exit()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kyphoviz")
    except PackageNotFoundError:
        return "(not installed)"
