"""The base of the types that are read from YAML files."""

from msgspec import Struct


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of fields in a YAML file; the base of all types in this package."""
