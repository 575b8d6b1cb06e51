"""Forms of sheets, problems and moves. They read what was typed; what is allowed is for the actions to say."""
