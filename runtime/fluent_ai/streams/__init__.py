"""How values flow: streams, the sources that fill them, and the channel between threads."""
