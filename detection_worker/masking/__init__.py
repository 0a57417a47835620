"""Masking: second files of evidence in which faces and plates cannot be recognised."""
