"""Importers: an official file on this machine becomes a document quoted to the letter."""
