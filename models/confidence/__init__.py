"""Fitting of the confidence map."""
