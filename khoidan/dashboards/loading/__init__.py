"""Presets for a real office, and the demo: data of fixtures/ made into records."""
