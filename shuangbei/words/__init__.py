"""How people write it, in both languages: numbers, dates, published values, marks; no markup, no files."""

from shuangbei.words.dates import MONTHS, day, moment, period, periods, section
from shuangbei.words.edition import PRACTICE_COLOUR, edition_line, practice_mark, practice_told, practice_words
from shuangbei.words.language import join, listed, parted, pick, say
from shuangbei.words.marks import look_of, mark_word, milestone, outlook, to_date
from shuangbei.words.numbers import MINUS, amount, cell, column, computed_decimals, drawn, headed, heading, number, qualified, quantity, shown, signed
from shuangbei.words.values import bare, decimals, kind_of_figure, observed, printed, stated, target_value, value

__all__ = ["MINUS", "MONTHS", "PRACTICE_COLOUR", "amount", "bare", "cell", "column", "computed_decimals", "day", "decimals", "drawn", "edition_line", "headed", "heading", "join", "kind_of_figure", "listed", "look_of", "mark_word", "milestone", "moment", "number", "observed", "outlook", "parted", "period", "periods", "pick", "practice_mark", "practice_told", "practice_words", "printed", "qualified", "quantity", "say", "section", "shown", "signed", "stated", "target_value", "to_date", "value"]
