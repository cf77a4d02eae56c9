"""What a user holds: clients, their verbs, and how a call finds its way to a model."""
