"""Python types to JSON and back: schemas, tools, outputs, and JSON that is still being written."""
