"""Networks that other libraries define: imported by name, built without weights, and filled from our own files."""
