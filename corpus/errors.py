"""The one exception that people see: a plain sentence and what to do next."""


class UserError(Exception):
    """Something the user can mend. Its text is one plain sentence that says what to do next."""
