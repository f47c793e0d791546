"""Add an officer: python -m sandbox.intake.desk --folder DIR add-officer NAME --shown-as 王工."""

import argparse
import getpass
import sys
from pathlib import Path

from sandbox.intake.auditing import STAFF
from sandbox.intake.database import Database
from sandbox.intake.desk.officers import OfficerInvalid, add_officer
from sandbox.intake.item_directory import load_items


def main() -> int:
    departments = load_items().departments()
    parser = argparse.ArgumentParser(prog="python -m sandbox.intake.desk")
    parser.add_argument("--folder", type=Path, required=True, help="the intake's folder")
    parser.add_argument("--database", help="its PostgreSQL, where it uses one")
    orders = parser.add_subparsers(required=True)
    adding = orders.add_parser(
        "add-officer",
        help="let someone sign in",
        description="The password is asked for, or read as a line of standard input.",
    )
    adding.add_argument("name", help="what is typed to sign in")
    adding.add_argument("--shown-as", required=True, help="the name that colleagues see")
    adding.add_argument(
        "--department", choices=departments, metavar="DEPARTMENT", help="without it, all of them"
    )
    adding.add_argument("--administrator", action="store_true", help="kiosks, officers, the trail")
    wanted = parser.parse_args()
    password = (
        getpass.getpass("密码: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    )
    database = Database(wanted.database) if wanted.database else Database.in_folder(wanted.folder)
    try:
        with database.transaction() as session:
            add_officer(
                session,
                wanted.name,
                wanted.shown_as,
                wanted.department,
                password,
                by=STAFF,
                is_administrator=wanted.administrator,
            )
    except OfficerInvalid as invalid:
        sys.stderr.write(f"{invalid.words}\n")
        return 1
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
