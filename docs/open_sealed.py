"""Open a sealed file of iep-tui without iep-tui: python open_sealed.py FILE > answers.json"""

import base64
import getpass
import json
import sys
import unicodedata
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


def key(secret: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(secret))


line, _, token = Path(sys.argv[1]).read_bytes().partition(b"\n")
seal = json.loads(line)["seal"]
typed = unicodedata.normalize("NFKC", getpass.getpass("Passphrase or recovery key: "))
for slot in seal["ring"]["slots"]:
    words = typed if slot["kind"] == "passphrase" else typed.upper().replace("-", "").replace(" ", "")
    salt, cost = base64.urlsafe_b64decode(slot["salt"]), slot["cost"]
    kdf = Argon2id(salt=salt, length=32, iterations=cost["passes"], lanes=cost["lanes"], memory_cost=cost["memory"])
    try:
        ring = key(kdf.derive(words.encode())).decrypt(slot["key"])
    except InvalidToken:
        continue
    sys.stdout.buffer.write(key(key(ring).decrypt(seal["key"])).decrypt(token))
    break
else:
    sys.exit("This is not the passphrase, and not the recovery key.")
