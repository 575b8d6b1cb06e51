"""A notice in Word, and the parts of its package that no page shows: notes, properties, links, text boxes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import UNTIL, end_line

Parts = dict[str, bytes]
Patch = Callable[[Parts], None]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
OFF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CT = "application/vnd.openxmlformats-officedocument."


class Page:
    """A notice in Word."""

    def __init__(self, until: str | None) -> None:
        self.d = docx.Document()
        self.until = until
        st = self.d.styles["Normal"]
        st.font.name = "FangSong"
        st.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        st.font.size = Pt(16)
        c = self.d.core_properties
        c.author, c.title, c.comments, c.last_modified_by = (
            "云岭区政务公开办公室",
            "公示",
            "",
            "云岭区政务公开办公室",
        )
        c.keywords = "政务公开"

    def title(self, t: str) -> Any:
        """The headline."""
        p = self.d.add_paragraph()
        p.alignment = 1
        r = p.add_run(t)
        r.bold, r.font.size = True, Pt(22)
        return p

    def p(self, *parts: str) -> Any:
        p = self.d.add_paragraph()
        for x in parts:
            p.add_run(x)
        return p

    def raw(self, xml: str) -> Any:
        """Insert body-level or run-level XML (run-level goes into a new paragraph)."""
        e = parse_xml(xml)
        if e.tag in (qn("w:p"), qn("w:tbl"), qn("w:sdt")):
            self.d.element.body.insert(len(self.d.element.body) - 1, e)
        else:
            self.d.add_paragraph()._p.append(e)
        return e

    def table(self, rows: list[list[str]]) -> Any:
        t = self.d.add_table(0, len(rows[0]))
        t.style = "Table Grid"
        for r in rows:
            for c, v in zip(t.add_row().cells, r, strict=True):
                c.text = str(v)
        return t

    def end(self, issuer: str = "云岭区石桥镇人民政府", date: str = "2026年11月23日") -> None:
        if self.until == UNTIL:
            self.p(end_line())
        for s in (issuer, date):
            self.p(s).alignment = 2

    def picture(self, name: str = "现场照片.png", alt: str = "", title: str = "") -> None:
        p = self.d.add_paragraph()
        f = io.BytesIO(png())
        p.add_run().add_picture(f, width=Pt(80))
        pr = p._p.find(".//" + qn("wp:docPr"))
        pr.set("name", name)
        pr.set("descr", alt)
        if title:
            pr.set("title", title)
        p._p.find(".//{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr").set("name", name)


def png(w: int = 40, h: int = 24, rgb: tuple[int, int, int] = (180, 40, 40)) -> bytes:
    raw = b"".join(b"\0" + bytes(rgb) * w for _ in range(h))

    def ch(t: bytes, d: bytes) -> bytes:
        return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))

    return (
        b"\x89PNG\r\n\x1a\n"
        + ch(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0))
        + ch(b"IDAT", zlib.compress(raw))
        + ch(b"IEND", b"")
    )


def add_part(z: Parts, name: str, data: bytes | str, ctype: str, owner: str, rtype: str, rid: str) -> None:
    """Put a new part into the package dict z and relate it from owner ('' is the package)."""
    z[name] = data if isinstance(data, bytes) else data.encode()
    if ctype:
        z["[Content_Types].xml"] = z["[Content_Types].xml"].replace(
            b"</Types>", f'<Override PartName="/{name}" ContentType="{ctype}"/></Types>'.encode()
        )
    add_rel(z, owner, rtype, "/" + name, rid)


def add_rel(z: Parts, owner: str, rtype: str, target: str, rid: str, external: bool = False) -> None:
    a, _, b = owner.rpartition("/")
    rels = (a + "/" if a else "") + f"_rels/{b}.rels"
    mode = ' TargetMode="External"' if external else ""
    blank = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    z[rels] = z.get(rels, blank).replace(
        b"</Relationships>",
        f'<Relationship Id="{rid}" Type="{rtype}" Target="{escape(target)}"{mode}/></Relationships>'.encode(),
    )


def sub(z: Parts, part: str, old: str, new: str, count: int = 1) -> None:
    s = z[part].decode()
    assert old in s, (part, old)
    z[part] = s.replace(old, new, count).encode()


def custom_props(z: Parts, pairs: list[tuple[str, str]]) -> None:
    body = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{i}" name="{escape(k)}"><vt:lpwstr>{escape(v)}</vt:lpwstr></property>'
        for i, (k, v) in enumerate(pairs, 2)
    )
    add_part(
        z,
        "docProps/custom.xml",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        + body
        + "</Properties>",
        CT + "custom-properties+xml",
        "",
        OFF + "custom-properties",
        "rIdCustom",
    )


def notes(z: Parts, which: str, text: str) -> None:
    """Footnotes or endnotes part with one note of id 1."""
    tag = which[:-1]
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{which} {NAMESPACES}>'
        f'<w:{tag} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{tag}>'
        f'<w:{tag} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{tag}>'
        f'<w:{tag} w:id="1"><w:p><w:r><w:{tag}Ref/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:{tag}></w:{which}>'
    )
    add_part(
        z,
        f"word/{which}.xml",
        xml,
        CT + f"wordprocessingml.{which}+xml",
        "word/document.xml",
        OFF + which,
        "rIdNotes",
    )


def note_ref(p: Any, which: str) -> None:
    p._p.append(
        parse_xml(
            f'<w:r {NAMESPACES}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{which[:-1]}Reference w:id="1"/></w:r>'
        )
    )


def field(p: Any, instr: str, shown: str) -> None:
    for x in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escape(instr)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{escape(shown)}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        p._p.append(parse_xml(f"<w:r {NAMESPACES}>{x}</w:r>"))


def vml_box(text: str) -> str:
    return (
        f'<w:p {NAMESPACES} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:rect style="width:300pt;height:60pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>"
    )


def dml_box(text: str) -> str:
    return (
        f'<w:p {NAMESPACES} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="3600000" cy="720000"/><wp:docPr id="77" name="文本框 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3600000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
