"""The comparison with the tools people would use instead, on the same documents and questions."""
