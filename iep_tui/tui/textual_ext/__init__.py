"""Everything that relies on Textual's internals; check these modules when Textual is upgraded."""
