"""Hypothesis strategies for text that tries to act as markup."""

from __future__ import annotations

from hypothesis import strategies as st

_PIECES = [
    *"\\`*_~{}[]()<>#+-.!|:=&@/$^\"'0129",
    *("a", "b", "word", "Maya", "é", "字", "🐌", "\u00a0", "\u3000", "\u200d", "\u00ad", "\x0c", "\x1b", "\ufeff"),
    *(" ", "  ", "    ", "\t", "\n", "\n\n", "  \n", "\\\n", "\r\n", "\u2028"),
    *(
        "# ",
        "## a ##",
        "- ",
        "+ ",
        "* ",
        "1. ",
        "12) ",
        "> ",
        ">",
        "- [ ] ",
        "[x] ",
        "---",
        "***",
        "___",
        "===",
        "```",
        "~~~",
    ),
    *("|", "a | b", "|---|", "---|---", ":-:", "\\|", "`|`"),
    *("<b>", "</b>", "<!-- ", "-->", "<?", "<script>", "<https://a.org>", "<a@b.org>", "<br>"),
    *("&amp;", "&#35;", "&#x22;", "&", "\\&copy;"),
    *("[a](b)", "![a](b)", "[a]", "[a]: http://b.org", "[^1]", "[^1]: a", "![", "](", "[!NOTE]"),
    *(
        "http://a.org",
        "https://",
        "www.a.org",
        "WWW.x",
        "a.org",
        "ftp://x",
        "//a.org",
        "mailto:a@b.org",
        "a@b",
        "me@a.org",
    ),
    *("**a**", "__a__", "*a*", "_a_", "~~a~~", "~a~", "a_b_c", "``", "x*y*z"),
    *(": a", "~ a", "{#id}", "{.a}", "$a$", ":smile:", "e.g. this", "3.5", "well... so"),
]

#: Pieces in any order, and any text at all.
texts = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text(max_size=40)
lines = texts.map(lambda text: " ".join(text.split()))
#: The same mischief in the letters that every font has; a soft hyphen is no letter but leave to break a word.
latin_texts = st.lists(
    st.sampled_from(
        [
            piece
            for piece in _PIECES
            if all(" " <= letter < "\u0180" or letter == "\n" for letter in piece) and piece != "\u00ad"
        ]
    ),
    max_size=14,
).map("".join) | st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="\u00ad"), max_size=40)
