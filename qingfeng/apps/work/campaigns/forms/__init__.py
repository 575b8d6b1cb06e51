"""Forms of the campaign's pages: what is typed becomes the plain values that actions take."""
