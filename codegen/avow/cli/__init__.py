"""The command `avow`: runs a subcommand, and turns what goes wrong into one message and an exit code.

Exit codes: 0 fine, 1 an error finding, drift or an invalid schema, 2 the tool could not do its work.

A subcommand is a row below and a module with a click command named `command`; only the called one is loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

import avow
from avow.errors import AvowError
from avow.stack import room

COMMANDS = {
    "init": ("avow.cli.init", "Set up a repository, an empty or an existing one."),
    "new": ("avow.cli.new", "Write a complete contract from a name."),
    "fmt": ("avow.cli.fmt", "Format schemas."),
    "lint": ("avow.cli.lint", "Report what is wrong with schemas, or could be better."),
    "generate": ("avow.cli.generate", "Write the Python package from the schemas."),
    "release": ("avow.cli.release", "Freeze contracts as versions."),
    "retire": ("avow.cli.retire", "End versions whose time is over."),
    "check": ("avow.cli.check", "Hold changes against what is released, or against a git ref."),
    "diff": ("avow.cli.diff", "Show what has changed, from version to version or from a git ref."),
    "who": ("avow.cli.who", "Show who uses a type or a field, or what a service uses."),
    "flow": ("avow.cli.flow", "Show what happens downstream of a contract."),
    "impact": ("avow.cli.impact", "Show whom changes hit, and which services take them first."),
    "search": ("avow.cli.search", "Find contracts by names, fields, owners and docs."),
    "orphans": ("avow.cli.orphans", "List contracts that nobody reads or nobody sends."),
    "rules": ("avow.cli.rules", "List the rules."),
    "explain": ("avow.cli.explain", "Explain a rule: why it is there, what to do."),
}
"""Subcommand -> its module and its line in `avow --help`, in the order in which a project meets them."""

_FAILED, _INTERRUPTED, _BROKEN_PIPE = 2, 130, 141


class _Group(click.Group):
    """A group that knows its subcommands by the table and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from avow.runtime.names import nearest

        near = nearest(args[0], COMMANDS)
        fix = f"Did you mean `avow {near}`?" if near else "`avow --help` lists the commands."
        raise AvowError(f"there is no command `{args[0]}`", fix=fix)

    def invoke(self, ctx: click.Context) -> object:
        # Caught here, since click would turn it into exit code 1, which means an error finding.
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python flushes stdout once more as it ends: give it somewhere to write to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_BROKEN_PIPE)
        return result


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "start", metavar="DIR", type=Path, default=".", help="Run as if started in DIR.")
@click.version_option(avow.__version__, message="avow %(version)s")
@click.pass_context
def _avow(ctx: click.Context, start: Path) -> None:
    """Keep the vow that services make to each other, with Avro schemas as the single source of truth."""
    ctx.obj = start


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run avow on arguments, by default those of the process, and exit."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run avow on arguments and return the exit code; whatever goes wrong becomes one message on stderr."""
    try:
        with room():
            code = _avow.main(args, prog_name="avow", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except AvowError as error:
        return _fail(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return 0
    except click.UsageError as error:
        hint = f"\n  `{error.ctx.command_path} --help` shows what there is." if error.ctx else ""
        return _fail(f"{error.format_message()}{hint}")
    except click.ClickException as error:
        return _fail(error.format_message())
    except click.Abort:
        return _INTERRUPTED
    except OSError as error:
        if os.environ.get("AVOW_DEBUG"):
            raise
        return _fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    except Exception as error:
        if os.environ.get("AVOW_DEBUG"):
            raise
        return _fail(_bug(error))


def _bug(error: Exception) -> str:
    what = f"internal error: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return f"{what}\n  Please report it with what `AVOW_DEBUG=1 avow ...` prints for the same command."


def _fail(message: str) -> int:
    click.echo(f"avow: {message}", err=True)
    return _FAILED
