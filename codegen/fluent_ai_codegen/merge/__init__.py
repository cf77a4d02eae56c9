"""What was heard of a model, from everybody, to one set of facts."""
