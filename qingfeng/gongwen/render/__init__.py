"""Lays a document out by GB/T 9704-2012 and writes it as .docx."""
