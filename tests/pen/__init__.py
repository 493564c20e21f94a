"""Tests of the pen: telling, reading, signs."""
