"""What can be entered into a chat beside messages: commands, from one table."""
