"""The page: Gradio, and nowhere else."""

import os

# Gradio reads these when it is imported, and reports home unless told not to.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
