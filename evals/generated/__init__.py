"""How a language model does behind the checks: what it wrote, what was shown, and why not."""
