"""What Typer itself says, in Chinese: section titles, usage lines, mistakes on the command line."""

import re

from typer import rich_utils
from typer._click.core import Command, Context
from typer.core import TyperCommand, TyperGroup, TyperOption

_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "ERRORS_PANEL_TITLE": "有误",
    "DEFAULT_STRING": "〔默认：{}〕",
    "REQUIRED_LONG_STRING": "〔必填〕",
    "ENVVAR_STRING": "〔环境变量：{}〕",
    "DEPRECATED_STRING": "（不再使用）",
    "ABORTED_TEXT": "已取消。",
}
_NOT_OFFERED = {"install_completion", "show_completion"}
_MISTAKES = (
    (r"Value error, (?P<rest>.*)", "{rest}"),
    (r"Invalid value for (?P<name>.+?): (?P<rest>.*)", "{name}：{rest}"),
    (r"Invalid value: (?P<rest>.*)", "{rest}"),
    (r"(?P<value>.+) is not one of (?P<known>.+)\.", "{value} 不在可选的值里：{known}"),
    (r"Input should be a valid integer.*", "应是整数"),
    (r"Input should be a valid number.*", "应是数"),
    (r"Input should be less than or equal to (?P<limit>.+)", "不能大于 {limit}"),
    (r"Input should be greater than or equal to (?P<limit>.+)", "不能小于 {limit}"),
    (r"Missing argument (?P<name>.+?)\.", "缺少参数 {name}"),
    (r"Missing option (?P<name>.+?)\.", "缺少选项 {name}"),
    (r"Missing command\.", "缺少命令"),
    (r"No such option: (?P<name>\S+) \(Possible options: (?P<like>.+)\)", "没有选项 {name}，是不是 {like}"),
    (r"No such option: (?P<name>\S+)", "没有选项 {name}"),
    (r"No such command (?P<name>.+?)\. Did you mean (?P<like>.+)\?", "没有命令 {name}，是不是 {like}"),
    (r"No such command (?P<name>.+?)\.", "没有命令 {name}"),
    (r"Option (?P<name>\S+) requires an argument\.", "选项 {name} 后面要写值"),
    (r"Option (?P<name>\S+) does not take a value\.", "选项 {name} 后面不写值"),
    (r"Got unexpected extra argument\(s\) \((?P<extra>.+)\)", "多出来的参数：{extra}（带空格的内容要放在引号里）"),
)


class SpokenCommand(TyperCommand):
    """Its usage line and --help in Chinese."""

    def get_usage(self, ctx: Context) -> str:
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        return _explained(super().get_help_option(ctx))


class SpokenGroup(TyperGroup):
    """Its usage line and --help in Chinese."""

    def get_usage(self, ctx: Context) -> str:
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        return _explained(super().get_help_option(ctx))


def speak(command: Command) -> None:
    """Turn the words of Typer around this command, and all commands below it, into Chinese."""
    for name, words in _WORDS.items():
        setattr(rich_utils, name, words)
    _speak(command)


def _speak(command: Command) -> None:
    command.options_metavar = "[选项]"
    command.params = [param for param in command.params if param.name not in _NOT_OFFERED]
    for param in command.params:
        if isinstance(param, TyperOption) and param.is_flag:
            param.metavar = ""
    if isinstance(command, TyperGroup):
        command.__class__ = SpokenGroup
        command.subcommand_metavar = "命令 …"
        for below in command.commands.values():
            _speak(below)
    elif isinstance(command, TyperCommand):
        command.__class__ = SpokenCommand


def mistake(message: str) -> str:
    """A complaint about the command line in Chinese; one nobody has met before stays as it is."""
    for pattern, words in _MISTAKES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            parts = match.groupdict()
            if "rest" in parts:
                parts["rest"] = mistake(parts["rest"])
            return words.format(**parts)
    return message


def _usage(line: str) -> str:
    return line.replace("Usage: ", "用法：", 1)


def _explained(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "显示这段说明"
        option.metavar = ""
    return option
