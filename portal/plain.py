"""Search that forgives accents, said to the database in what each of them has."""

import unicodedata

from django.db.models import Func, TextField

# As people of this country write them; in capitals too, which a database does not lower in every locale.
ACCENTED = "àâäãáåçéèêëíìîïñóòôöõúùûüýÿ"
PLAIN = {letter: unicodedata.normalize("NFKD", letter)[0] for letter in ACCENTED}
PLAIN |= {letter.upper(): plain for letter, plain in PLAIN.items()}
IN_PYTHON = str.maketrans(PLAIN)
SQLITES = "portal_plain"


def plain(text: str) -> str:
    """Without capitals and accents."""
    return text.lower().translate(IN_PYTHON)


class Plain(Func):
    """The same of a column."""

    function = "LOWER"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        letters, plains = "".join(PLAIN), "".join(PLAIN.values())
        template = f"TRANSLATE(%(function)s(%(expressions)s), '{letters}', '{plains}')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function=SQLITES, **context)


def teach_sqlite(connection, **kwargs) -> None:
    """SQLite has no such function of its own (receives connection_created)."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            SQLITES, 1, lambda text: None if text is None else plain(text), deterministic=True
        )
