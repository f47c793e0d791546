"""Renews a kiosk's identity in processes that end at once before they touch the disk or the line
for the first time, the second, and so on, until one gets through.

Prints for each: the key that the kiosk has afterwards. Arguments: the intake's address, the
kiosk's storage folder and its id.
"""

import os
import sys
from pathlib import Path

from kiosk.intake.client import IntakeClient
from kiosk.intake.device_identity import DeviceIdentity, load_identity
from kiosk.intake.enrolling import renew

TOUCHES = {"open", "os.rename", "os.remove", "socket.connect", "http.client.send"}


def found(folder: Path, kiosk: str) -> DeviceIdentity:
    identity = load_identity(folder, kiosk)
    assert identity is not None
    return identity


def end_before(touch: int, folder: Path) -> None:
    left = touch

    def touched(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in TOUCHES and ("." in event[:7] or str(folder) in str(arguments[0])):
            left -= 1
            if left == 0:
                os._exit(1)

    sys.addaudithook(touched)


def main(url: str, folder: Path, kiosk: str) -> None:
    touch = 0
    ended = True
    while ended:
        touch += 1
        child = os.fork()
        if child == 0:
            identity = found(folder, kiosk)
            end_before(touch, folder)
            renew(IntakeClient(url, identity=identity), folder, identity)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        print(found(folder, kiosk).kid, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
