"""Trains the model of line roles: see README.md."""
