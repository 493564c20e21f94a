"""Contacts and facts, now -> tasks."""
