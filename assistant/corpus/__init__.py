"""Documents: reading them whole and checking that they keep their promises."""
