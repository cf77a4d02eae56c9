"""Commands for the verbs besides chat: what is put in, and what comes out."""
