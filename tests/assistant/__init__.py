"""Tests of what the service does for people."""
