"""Which of the libraries this Python has."""

import importlib
import platform

parts = [f"Python {platform.python_version()}"]
for name in ("numpy", "scipy", "torch"):
    try:
        parts.append(f"{name} {importlib.import_module(name).__version__}")
    except ImportError:
        parts.append(f"no {name}")
print(", ".join(parts))
