"""The plain pages beside the tabs: addresses that stay, printed as well as read, and without Gradio."""
