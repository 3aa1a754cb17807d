"""US states, the District of Columbia and the territories, by their two-letter codes."""

from __future__ import annotations

US_STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip

#: Other names people write.
_OTHER_NAMES = {
    "Washington DC": "DC",
    "Northern Marianas": "MP",
    "CNMI": "MP",
    "Virgin Islands": "VI",
    "United States Virgin Islands": "VI",
    "USVI": "VI",
}


def state_code(typed: str) -> str | None:
    """Return the two-letter code of a state given by name or code; None for anything else.

    >>> state_code("Missouri"), state_code(" mo "), state_code("Washington, D.C."), state_code("Mizzou")
    ('MO', 'MO', 'DC', None)
    """
    # Users can paste anything here, and the lookup runs after every answer.
    return _CODES.get(_normalized(typed)) if len(typed) <= 100 else None


def _normalized(text: str) -> str:
    return " ".join(text.replace(".", "").replace(",", " ").casefold().split())


_CODES: dict[str, str] = {
    **{_normalized(name): code for name, code in _OTHER_NAMES.items()},
    **{_normalized(name): code for code, name in US_STATES.items()},
    **{_normalized(code): code for code in US_STATES},
}
