"""Who watches the calls."""
