"""Extensions that rely on Textual's internals. Review them whenever Textual is upgraded."""
