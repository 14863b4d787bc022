"""Scripts and style sheets as they are served: without the comments that are for us.

Only comments that can be told from the line they stand on: whole lines, types in JSDoc, and words after the end of a
statement. Nothing here reads JavaScript, so the files keep `//` and `/*` out of their strings (a test says so).
"""

import re

_BLOCK = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_TYPE = re.compile(r"/\*\* @(?:(?!\*/).)*\*/ ?")
_AFTER = re.compile(r"(?<=[;,{}()]) +// .*$", re.MULTILINE)
COMMENTS = (_BLOCK, _LINE, _TYPE, _AFTER)
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)


def lean(source: str) -> str:
    for comment in COMMENTS:
        source = comment.sub("", source)
    return _INDENT.sub("", source)
