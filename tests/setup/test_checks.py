"""The checks see what they are there to see, and the repository passes them."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from tools import baseline, locks, messages, templates
from tools.checking import CHECKS
from tools.places import ROOT
from tools.recipes import RECIPES


@pytest.fixture
def repository(tmp_path: Path, monkeypatch) -> Path:
    """A folder that the tools take for the repository."""
    for tool in (baseline, locks, messages, templates):
        monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "qingfeng" / "locale" / "en.po")
    return tmp_path


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_locks_of_this_repository_are_sound() -> None:
    assert locks.faults() == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.test/simple",
        "--find-links wheels",
        "-i mirror",
        "one @ https://example.test/one.whl",
    ],
)
def test_an_address_in_a_lock_is_found(repository: Path, line: str) -> None:
    lock = put(repository / "run.txt", f"one==1 \\\n    --hash=sha256:ab\n{line}\n")
    assert [fault.split(":")[1] for fault in locks.faults_of_text(lock)] == ["3"]


def test_a_node_package_without_hash_or_with_an_address_is_found(repository: Path) -> None:
    put(repository / "package.json", json.dumps({"dependencies": {"one": "1"}}))
    packages = {
        "": {"dependencies": {"one": "2"}},
        "node_modules/one": {"version": "1", "resolved": "somewhere"},
    }
    put(repository / "package-lock.json", json.dumps({"packages": packages}))
    assert locks.faults_of_node(repository) == [
        "package-lock.json: is not of this package.json",
        "package-lock.json: node_modules/one has no hash",
        "package-lock.json: node_modules/one carries “resolved”",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.css", "p { color: color-mix(in srgb, red, blue); }"),
        ("a.css", "p:has(> b) { margin: 0; }"),
        ("a.css", "main { min-height: 100dvh; }"),
        ("a.css", "p { margin: 0;\n  & b { margin: 1px; } }"),
        ("a.js", "const copy = structuredClone(row);"),
        ("a.js", "const last = rows.at(-1);"),
    ],
)
def test_what_needs_a_newer_browser_is_found(repository: Path, name: str, text: str) -> None:
    assert len(baseline.faults(put(repository / name, text))) == 1


def test_what_chromium_90_can_do_is_left_alone(repository: Path) -> None:
    text = "/* no :has( here */ a:hover { inset: 0; aspect-ratio: 1 / 1; gap: 4px; width: calc(100% - 1px); }"
    assert baseline.faults(put(repository / "a.css", text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p>整改</p>", "“整改” is not translatable"),
        ('<p title="整改"></p>', "“整改” is not translatable"),
        ('{% include "a.html" with title="整改" %}', "“整改” is not translatable"),
        ("<b hx-on:click='go()'></b>", "a script in an htmx attribute"),
        ("<script>go()</script>", "a script inside the page"),
        ('<p style="color: red"></p>', "an inline style"),
        ('<a onclick="go()"></a>', "an inline handler"),
        ('<link href="https://example.test/a.css">', "an address outside this site"),
        ("{{ text|safe }}", "text that is not escaped"),
    ],
)
def test_what_a_template_must_not_hold_is_found_with_its_line(
    repository: Path, text: str, fault: str
) -> None:
    template = put(repository / "templates" / "page.html", f"\n{text}\n")
    assert templates.faults(template) == [f"templates/page.html:2: {fault}"]


def test_a_sound_template_passes(repository: Path) -> None:
    text = """{# 说明 #}{% load static %}<p title="{% translate "整改" %}">{% blocktranslate %}共{{ n }}项{% endblocktranslate %}</p>
{% include "a.html" with title=_("整改") %}{{ day|default:_('未定') }}
<script src="{% static "web/ledger.js" %}" defer></script>"""
    assert templates.faults(put(repository / "page.html", text)) == []


def test_messages_of_code_and_templates_are_gathered_and_kept_in_order(repository: Path) -> None:
    code = put(
        repository / "qingfeng" / "a.py", 'x = gettext("销号")\ny = ngettext("%(n)s项", "%(n)s项", n)\n'
    )
    put(
        repository / "qingfeng" / "templates" / "a.html",
        "{% translate '整改' %}{% blocktranslate %}到{{ d }}{% endblocktranslate %}",
    )
    put(repository / "qingfeng" / "tests" / "test_a.py", 'gettext("不算")\n')
    assert [fault.split(":")[0] for fault in messages.faults()] == ["missing"] * 4
    messages.renew()
    assert [fault.split(":")[0] for fault in messages.faults()] == ["without translation"] * 4
    text = messages.CATALOGUE.read_text(encoding="utf-8")
    for chinese, english in (("整改", "rectification"), ("销号", "close-out"), ("到%(d)s", "until %(when)s")):
        text = text.replace(f'msgid "{chinese}"\nmsgstr ""', f'msgid "{chinese}"\nmsgstr "{english}"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "one item"').replace(
        'msgstr[1] ""', 'msgstr[1] "%(n)s items"'
    )
    messages.CATALOGUE.write_text(text, encoding="utf-8")
    assert messages.faults() == ["other placeholders: '到%(d)s' (qingfeng/templates/a.html:1)"]
    code.write_text("", encoding="utf-8")
    assert [fault.split(" (")[0] for fault in messages.faults()][1:] == ["stale: '%(n)s项'", "stale: '销号'"]
    messages.renew()
    assert 'msgstr "rectification"' in messages.CATALOGUE.read_text(encoding="utf-8")
    assert "销号" not in messages.CATALOGUE.read_text(encoding="utf-8")


def test_each_recipe_of_the_makefile_is_one_line_and_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipes = re.findall(
        r"^(\w+):\s*; @\$\(PYTHON\) tools/start\.py (\w+) \$\(ARGS\)$", makefile, re.MULTILINE
    )
    assert {name for name, _ in recipes} == set(RECIPES)
    assert all(name == called for name, called in recipes)
    assert "\n\t" not in makefile


def test_each_check_has_a_name_of_its_own() -> None:
    names = [check.title for check in CHECKS]
    assert len(set(names)) == len(names)


def test_no_package_is_under_gpl_or_agpl() -> None:
    """Both would bind what the district builds on top; the LGPL (psycopg) does not."""
    found = []
    for package in metadata.distributions():
        facts = package.metadata
        licence = [facts.get("License-Expression") or "", *(facts.get_all("Classifier") or [])]
        names = [line for line in licence if re.search(r"\bA?GPL|(?:Affero|GNU) General Public", line)]
        if names and not any("Lesser" in line or "LGPL" in line for line in names):
            found.append(f"{facts['Name']}: {names}")
    assert found == []
