"""Python types to JSON and back: schemas, tools, structured output, and incomplete JSON."""
