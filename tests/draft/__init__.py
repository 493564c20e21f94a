"""Tests of the draft room."""
