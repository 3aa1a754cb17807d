"""Extensions that rely on Textual's private parts. Review them whenever Textual is upgraded."""
