"""Trained files and the scripts that made them; nothing here is imported by the package."""
