"""The files of a checkout that codegen reads and writes."""
