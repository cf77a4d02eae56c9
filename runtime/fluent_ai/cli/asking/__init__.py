"""What `fluent-ai ask` is made of: what is asked, with all that may come with it, and how the reply is shown."""
