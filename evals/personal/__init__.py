"""How well the guard takes out personal details, on cases written by hand and made from seeds.

Like the checks, this looks below the service: what must be gone is judged character by character,
and the service shows only the text that is left.
"""
