#!/usr/bin/env python3
"""Makes the catalogue assets in assets/catalogs/ from one pinned release of the package satcfdi.

Run by hand when the SAT publishes new catalogues, never by the build:

    python3 -m venv venv && venv/bin/pip install --no-deps satcfdi==26.10.1
    venv/bin/python tools/catalogs.py assets/catalogs

Reads the facts only: the package is not imported and none of its code runs. Needs the command `zstd`.
It prints the row counts and the SHA-256 of each inflated text, which src/sat/catalogs/tests.rs asserts.
What is dropped, and why, is in DROPPED below and goes to dropped.tsv beside the assets.
Not made here, but kept by hand: synonyms.tsv, ieps.tsv.
"""

import hashlib
import pickle
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PINNED = "26.10.1"

# Keys that the package lists as if they were alive. They ended with CFDI 3.3, or the schema refuses them.
DROPPED = {
    "ClaveUnidad": {"Dx": "not in the schema"},
    "UsoCFDI": {"P01": "ended with CFDI 3.3"},
    "RegimenFiscal": {key: "not in the catalogue of CFDI 4.0" for key in ("609", "628", "629", "630")},
    "FormaPago": {key: "not in the catalogue of CFDI 4.0" for key in ("07", "09", "10", "11", "16", "98")},
    "TipoRelacion": {key: "ended with CFDI 3.3" for key in ("08", "09")},
}

# Tables of a few rows: one file for all of them.
SMALL = [
    "UsoCFDI",
    "RegimenFiscal",
    "FormaPago",
    "MetodoPago",
    "TipoRelacion",
    "ObjetoImp",
    "Exportacion",
    "Periodicidad",
    "Meses",
    "Moneda",
    "Pais",
    "Estado",
]

ZONES = {
    "Tiempo del Centro": "centro",
    "Tiempo del Centro en Frontera": "centro-frontera",
    "Tiempo del Pacífico": "pacifico",
    "Tiempo del Noroeste": "noroeste",
    "Tiempo del Sureste": "sureste",
}


def tidy(text):
    """One line, single blanks, no tab: the texts become fields of a table."""
    return " ".join(text.split())


class Package:
    """The database and the schema inside the installed package."""

    def __init__(self):
        if version("satcfdi") != PINNED:
            sys.exit(f"satcfdi {PINNED} is wanted, {version('satcfdi')} is here")
        root = Path(find_spec("satcfdi").submodule_search_locations[0])
        self.database = sqlite3.connect(f"file:{root / 'catalogs' / 'catalogs.db'}?mode=ro", uri=True)
        self.schema = next(root.glob("transform/schemas/**/catalogos/catCFDI.xsd")).read_text(encoding="utf-8")

    def rows(self, name, kept=True):
        """The rows of the one table with this name, sorted by key; without the dropped ones if `kept`."""
        tables = [
            table
            for (table,) in self.database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '!'", (f"%!_c!_{name}",)
            )
            if table.startswith(("C756_", "Cb9f_"))
        ]
        if len(tables) != 1:
            sys.exit(f"{len(tables)} tables are called {name}, one is wanted")
        pairs = self.database.execute(f'SELECT key, value FROM "{tables[0]}"')
        rows = sorted((pickle.loads(key), pickle.loads(value)) for key, value in pairs)
        dropped = DROPPED.get(name, {})
        missing = set(dropped) - {key for key, _ in rows}
        if missing:
            sys.exit(f"{name}: {sorted(missing)} is on the drop list and no longer in the table")
        return [(key, value) for key, value in rows if not (kept and key in dropped)]

    def enumeration(self, name):
        """The keys that the schema's simple type of this name allows."""
        body = re.search(rf'<xs:simpleType name="c_{name}">(.*?)</xs:simpleType>', self.schema, re.S).group(1)
        return set(re.findall(r'<xs:enumeration value="([^"]*)"', body))


def zip_runs(rows):
    """Neighbouring codes with the same state, border flag and zone, as first, last, state, flag, zone."""
    runs = []
    for code, (state, _municipality, _locality, flag, zone) in rows:
        facts = (state, flag, ZONES[zone])
        if runs and runs[-1][2:] == facts and int(runs[-1][1]) + 1 == int(code):
            runs[-1] = (runs[-1][0], code, *facts)
        else:
            runs.append((code, code, *facts))
    return runs


def small_tables(package):
    for table in SMALL:
        for key, value in package.rows(table):
            if table == "Moneda":
                yield table, key, tidy(value[0]), str(value[1])
            elif table == "Estado":
                if value[0] == "MEX":
                    yield table, key, tidy(value[1])
            else:
                yield table, key, tidy(value)


def write(folder, name, rows, packed=True):
    rows = [tuple(row) for row in rows]
    assert all("\t" not in field and "\n" not in field for row in rows for field in row)
    text = "".join("\t".join(row) + "\n" for row in rows).encode()
    if packed:
        target = folder / f"{name}.zst"
        # The size in the header lets the reader allocate once, and keeps the window no larger than the text.
        pack = ["zstd", "-q", "-f", "-19", f"--stream-size={len(text)}", "-o", str(target), "-"]
        subprocess.run(pack, input=text, check=True)
    else:
        target = folder / name
        target.write_bytes(text)
    print(f"{target.name:24} {len(rows):6} rows {target.stat().st_size:8} bytes  {hashlib.sha256(text).hexdigest()}")


def main():
    folder = Path(sys.argv[1])
    package = Package()
    products = [(key, tidy(name)) for key, name in package.rows("ClaveProdServ")]
    assert all(re.fullmatch("[0-9]{8}", key) for key, _ in products)
    schema_only = sorted(package.enumeration("ClaveProdServ") - {key for key, _ in products})
    units = [(key, tidy(name)) for key, name in package.rows("ClaveUnidad")]
    assert {key for key, _ in units} <= package.enumeration("ClaveUnidad")

    write(folder, "prodserv.tsv", products)
    write(folder, "prodserv-schema-only.txt", [(key,) for key in schema_only], packed=False)
    write(folder, "units.tsv", units)
    write(folder, "agrupador.tsv", [(key, tidy(name)) for key, name in package.rows("CodAgrup")])
    write(folder, "zips.tsv", zip_runs(package.rows("CodigoPostal")), packed=False)
    write(folder, "small.tsv", small_tables(package))
    dropped = [(table, key, why) for table, keys in sorted(DROPPED.items()) for key, why in sorted(keys.items())]
    write(folder, "dropped.tsv", dropped, packed=False)


if __name__ == "__main__":
    main()
