"""What the command does with a name that is no command."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

from assistant.errors import UsageError


class Commands(TyperGroup):
    """The sub-commands; tells who forgot one what to type, without repeating what was asked."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name.

        Raises:
            UsageError: What stands in its place looks like a question.
        """
        name = args[0]
        if self.get_command(ctx, name) is None and not name.replace("-", "").isalpha():
            raise UsageError('Begin with a command: assistant ask "…", or assistant --help')
        return super().resolve_command(ctx, args)
