from django.db.models import Func, IntegerField


class ListLength(Func):
    """How many members a JSON list has."""

    function = "json_array_length"
    output_field = IntegerField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="jsonb_array_length", **context)
