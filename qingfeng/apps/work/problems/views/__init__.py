"""Pages of sheets and problems: fetch what this user may see, read the form, call one action, say what happened."""
