"""Search over Chinese text: our own index of neighbouring characters. See README.md."""
