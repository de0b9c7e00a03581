"""Search that forgives accents, said to the database in what each of them has."""

import unicodedata

from django.db.models import Func, TextField

# As a person of this country writes them, with their capitals: SQLite lowers ASCII alone.
ACCENTED = "àâäãáåçéèêëíìîïñóòôöõúùûüýÿ"
PLAIN = {letter: unicodedata.normalize("NFKD", letter)[0] for letter in ACCENTED}
PLAIN |= {letter.upper(): plain for letter, plain in PLAIN.items()}


def plain(text: str) -> str:
    """Without capitals and accents."""
    return "".join(PLAIN.get(letter, letter) for letter in text.lower())


class Plain(Func):
    """The same of a column."""

    function = "LOWER"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        letters, plains = "".join(PLAIN), "".join(PLAIN.values())
        template = f"TRANSLATE(%(function)s(%(expressions)s), '{letters}', '{plains}')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler, connection, **context):
        template = "%(function)s(%(expressions)s)"
        for letter, plain_letter in PLAIN.items():
            template = f"REPLACE({template}, '{letter}', '{plain_letter}')"
        return self.as_sql(compiler, connection, template=template, **context)
