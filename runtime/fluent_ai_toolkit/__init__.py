"""What stands on the runtime: a loop that runs tools, and tools to run. `fluent_ai.tools` is its door."""
