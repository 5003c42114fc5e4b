"""Fetching official texts by name: the one part of the program that connects to an official host.

Only ``assistant corpus fetch`` comes here, when somebody types it; a test holds all else off.
"""
