"""What can be asked: one module a verb, with its request, its options, its items and its result."""
