"""What Typer itself says, in Chinese: section titles, usage lines, mistakes on the command line."""

import re
from typing import TYPE_CHECKING

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer import Context, TyperException
    from typer.core import TyperOption

_HELP = "显示这段说明"
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
_MISTAKES = (
    (r"Invalid value for (?P<name>.+?): (?P<rest>.*)", "{name}：{rest}"),
    (r"Invalid value: (?P<rest>.*)", "{rest}"),
    (r"(?P<value>.+) is not one of (?P<known>.+)\.", "{value} 不在可选的值里：{known}"),
    (r"Value (?P<value>.+) is not a valid .+\.", "{value} 不合格式"),
    (r"(?P<value>.+) is not in the range (?P<range>.+)\.", "{value} 超出范围 {range}"),
    (r"Missing argument (?P<name>.+?)\.", "缺少参数 {name}"),
    (r"Missing option (?P<name>.+?)\.", "缺少选项 {name}"),
    (r"No such option: (?P<name>\S+)(?: \(Possible options: (?P<like>.+)\))?", "没有这个选项：{name}"),
    (r"No such command (?P<name>.+?)\.(?: Did you mean (?P<like>.+)\?)?", "没有这个命令：{name}"),
    (r"Missing command\.", "缺少命令"),
    (r"Option (?P<name>\S+) requires an argument\.", "选项 {name} 后面要写值"),
    (r"Option (?P<name>\S+) does not take a value\.", "选项 {name} 后面不写值"),
    (r"Got unexpected extra argument\(s\) \((?P<extra>.+)\)", "多出来的参数：{extra}（带空格的内容要放在引号里）"),
)


class _Spoken(TyperCommand):
    def get_usage(self, ctx: "Context") -> str:
        return super().get_usage(ctx).replace("Usage: ", "用法：", 1)

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class _SpokenGroup(TyperGroup):
    get_usage = _Spoken.get_usage
    get_help_option = _Spoken.get_help_option
