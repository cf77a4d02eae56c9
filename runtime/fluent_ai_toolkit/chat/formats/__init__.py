"""Chats as other programs write and read them: Markdown, JSON and HTML, and the exports of other chat programs."""
