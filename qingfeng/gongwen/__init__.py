"""Official documents by GB/T 9704-2012: text in, .docx out; and a checker for anyone's documents.

A pure library: no Django and no other qingfeng package is imported here.
"""

from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.model import Attachment, Document, Paragraph, Table, Words
from qingfeng.gongwen.service import Rendered, render, render_document, render_documents
from qingfeng.gongwen.source import KEYS, read_source

__all__ = [
    "KEYS",
    "Attachment",
    "Document",
    "Paragraph",
    "Rendered",
    "Table",
    "Unusable",
    "Words",
    "read_source",
    "render",
    "render_document",
    "render_documents",
]
