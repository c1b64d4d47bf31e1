"""The command `backstride`. Sub-commands are loaded when they are asked for, so that help is quick."""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module, metadata
from typing import Any

import click

from backstride.errors import BackstrideError

COMMANDS = {
    "answer": "Ask: does running help my back?",
    "report": "Write two pages for a clinician.",
    "serve": "Open the diary as a web app.",
    "import": "Take check-ins and runs into the diary.",
    "export": "Write the diary as tables that any spreadsheet opens.",
    "backup": "Copy the diary to where it can be put back from.",
    "restore": "Put a backup back.",
    "screen": "Ask the safety questions, and say what follows.",
    "plan": "Say what the next days may look like, and why.",
    "draw": "Have chance pick your run days, so that the answer can be read.",
    "cohort": "Ask of many people's diaries: take them in, and answer each.",
    "evidence": "Say what is known of running and back pain, for and against.",
    "simulate": "Make up a person with a known truth.",
    "erase": "Erase the diary, or a day of it, for good.",
}
_MODULES = {"import": "backstride.cli.import_files"}

BAD_INPUT, UNEXPECTED, STOPPED = 2, 1, 130


class Commands(click.Group):
    """The sub-commands, loaded late, and one place where every error becomes a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        if cmd_name not in COMMANDS:
            return None
        module = import_module(_MODULES.get(cmd_name, f"backstride.cli.{cmd_name}"))
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:  # noqa: ANN401
        """Run, and leave with 0, 1 (our defect), 2 (something to mend) or 130 (stopped)."""
        debug = "--debug" in (sys.argv if args is None else args)
        try:
            code = super().main(args, prog_name="backstride", standalone_mode=False)
        except BackstrideError as error:
            sys.exit(_complain(str(error), BAD_INPUT))
        except click.ClickException as error:
            error.show()
            sys.exit(BAD_INPUT)
        except click.Abort:
            sys.exit(_complain("Stopped.", STOPPED))
        except Exception as error:  # noqa: BLE001 - the one place where a defect of ours meets a person
            if debug:
                traceback.print_exc()
            sys.exit(_complain(_defect(error), UNEXPECTED))
        sys.exit(code if isinstance(code, int) else 0)


def _complain(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _defect(error: Exception) -> str:
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"Something went wrong that should not have ({what}). Run it again with --debug and report what it prints."


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try it at once, on a simulated person:  backstride answer --simulated",
)
@click.version_option(metadata.version("backstride"), prog_name="backstride")
@click.option("--debug", is_flag=True, help="Show the whole traceback of an unexpected error.")
def main(*, debug: bool) -> None:
    """I have back pain. Should I run? A diary, and what your own records say.

    For adults who have decided for themselves to walk or run. It keeps a diary and compares your days. It is not
    meant to find, watch over or ease any illness or injury, nor to decide on care.
    """


if __name__ == "__main__":
    main()
