"""The chat page: plain HTML of our own, carried and kept in step by Gradio."""

import os

# Read when Gradio is imported, so they are set before anything in this folder can import it:
# no usage figures leave this machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# Gradio keeps a record of each event, the last ten thousand, and after each one counts them all
# over again. Nobody reads it: it would only cost time and memory.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
