"""Text that tries to act as markup in some format, each with its intent."""

from __future__ import annotations

#: Name → words as a person could type, paste or import them.
WORDS: dict[str, str] = {
    "typst call": '#read("/etc/passwd") #eval("1") #import "x.typ": * $x^2$ #sys.inputs @ref <label> _a_ *b* `raw`',
    "word markup": "</w:t></w:r><w:p/> ]]> <?xml version='1.0'?> <!ENTITY x SYSTEM 'file:///etc/passwd'> &x; _x000D_",
    "template": "{{7*7}} {% include 'x' %} ${7*7} #{7*7} <%= 7*7 %> {0.__class__} %s %(a)s",
    "image onerror": "<img src=x onerror=alert(1)> <svg/onload=alert(1)><script>alert(1)</script> </title></main>",
    "attribute": '" onmouseover="alert(1)" x=\' onfocus=\'alert(1)\' autofocus > ` = data-label="a"',
    "javascript link": "[her page](javascript:alert(1)) <javascript:alert(1)> javascript:alert(1) data:text/html,<b>",
    "markdown": "# no heading\n- no item\n> no quote\n1. no\n| no | table |\n|---|---|\n[ ] no box\n***\n![x](y)",
    "style": "</style><style>*{display:none}</style> url(http://a.example/x) @import 'http://a.example' expression(1)",
    "mail header": "Subject: other\r\nBcc: all@example.org\r\n\r\n.\r\nFrom me\n--=_mixed_0\n--=_parts_0--\n-- \nend",
    "asterisks": "*" * 1000,
    "one long word": "a" * 600,
    "long address": "https://school.example/" + "path/" * 40 + "end",
    "nul": "before\x00after \x00",
    "surrogates": "a\ud800b \udfff c",
    "controls": "a\x1b[31mred\x07\x08 \x0cpage \x7f \x9b1m \ufffe\uffff end",
    "bidi overrides": "abc \u202egnp.exe\u202c \u2066x\u2069 end \u200f mark",
    "formula": "=cmd|'/C calc'!A0 =HYPERLINK(\"http://a.example\") +1+1 -1 @SUM(1)",
    "percent and backslash": "\\\\server\\share\\x C:\\new\\table 100% \\u0041 \\input{x} ^^M ~",
    "arabic": "تقرأ ابنتي كل يوم 20 دقيقة. (اسمها: سلمى)",
    "hebrew in english": "She says שלום, and waits 5 minutes.",
    "chinese": "她每天讀書二十分鐘，但是很快就累了。學校可以給她安靜的十分鐘嗎？「可以。」" * 4,
    "hindi": "वह हर दिन बीस मिनट पढ़ती है, फिर थक जाती है। क्षत्रिय ज्ञान श्री",
    "thai": "เธออ่านหนังสือทุกวันยี่สิบนาทีแล้วก็เหนื่อย" * 3,
    "emoji": "🐌 👩🏽\u200d🏫 👨\u200d👩\u200d👧 🇲🇽 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "stacked marks": "a" + "\u0301" * 200 + " end",
    "spaces": "a\u00a0b\u2003c\u3000d\u200be\tf  g",
}

#: A table far wider than any paper: one name and one cell a column.
MANY_COLUMNS = 40
