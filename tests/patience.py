"""How long a test waits before it takes something for hung; no machine is that slow, and none is timed by it."""

HANGS = 3600  # seconds
