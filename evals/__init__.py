"""How good and how fast the service is."""
