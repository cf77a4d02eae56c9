"""Chats in a terminal of their own: conversations, search, branches and models around the one that goes on.

It needs the extra `tui` (Textual).
"""
