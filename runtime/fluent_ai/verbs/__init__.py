"""What a model can be asked for: a module for each verb, with its request, options, items and result."""
