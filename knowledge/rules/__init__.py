"""Eligibility rules: policies as data, verdicts as code (design.md 7)."""
