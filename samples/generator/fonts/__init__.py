"""Typefaces for print and pen: the files, their licences, and how they are loaded."""
