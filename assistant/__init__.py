"""Ask 6103: cited answers on U.S. taxpayer confidentiality."""

__version__ = "0.1.0"
