from .cli import app

app(prog_name="fluent-ai")
