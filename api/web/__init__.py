"""The public pages: templates, style, script."""
