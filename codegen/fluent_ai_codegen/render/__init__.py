"""Specs and facts to the files below generated/."""
