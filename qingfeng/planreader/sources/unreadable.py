"""The refusal of an input that cannot be read."""


class Unreadable(ValueError):
    """A file that cannot be read as a document; the message is one Chinese sentence with the remedy."""
