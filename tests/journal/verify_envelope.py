# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the example of docs/protocol.md with code that is not ours: python3-cbor2 and python3-cryptography."""
import hashlib
import hmac
import os
import re
import sys

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

DOCUMENT = os.path.join(os.environ["YM_SOURCE_ROOT"], "docs", "protocol.md")
FORCE = bytes(range(0x00, 0x10))
SIGNED_BLOCKS = {
    # block: (kind of message, seed byte of the signer's key)
    "envelope": ("envelope", 0x01),
    "request": ("request", 0x01),
    "response": ("response", 0x02),
    "receipt": ("receipt", 0x02),
    "administration": ("administration", 0x05),
    "administered": ("administered", 0x02),
}


def blocks():
    with open(DOCUMENT, encoding="utf-8") as document:
        text = document.read()
    found = {}
    for name, body in re.findall(r"^```hex (\S+)\n(.*?)^```", text, re.M | re.S):
        found[name] = bytes.fromhex("".join(re.sub(r"#.*", "", body).split()))
    return found


def public_key(seed_byte):
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed_byte]) * 32)
    return Ed25519PublicKey.from_public_bytes(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def verify(message, kind, key):
    """RFC 9052 section 4.4, written down from the RFC and not from our code."""
    sign1 = cbor2.loads(message)
    assert sign1.tag == 18, "not COSE_Sign1"
    protected, unprotected, payload, signature = sign1.value
    assert cbor2.loads(protected) == {1: -8}, "not EdDSA"
    assert unprotected == {}, "something unprotected"
    external = cbor2.dumps(["ymweld/1", kind, FORCE], canonical=True)
    to_be_signed = cbor2.dumps(["Signature1", protected, external, payload], canonical=True)
    try:
        key.verify(signature, to_be_signed)
    except InvalidSignature:
        return None
    return cbor2.loads(payload)


def check_signatures(found):
    for name, (kind, seed_byte) in SIGNED_BLOCKS.items():
        assert verify(found[name], kind, public_key(seed_byte)) is not None, f"{name} does not verify"


def check_forgeries(found):
    key = public_key(0x01)
    message = found["envelope"]
    assert verify(message, "receipt", key) is None, "taken as another kind"
    assert verify(message, "envelope", public_key(0x02)) is None, "taken as another's"
    place = message.index(b"issue.step")
    assert verify(message[:place] + b"I" + message[place + 1:], "envelope", key) is None, "taken when altered"


def check_fields(found):
    change_set = found["change-set"]
    payload = verify(found["envelope"], "envelope", public_key(0x01))
    assert list(payload) == list(range(1, 18)), "fields 1 to 17"
    assert payload[2] == bytes(range(0xD0, 0xE0)), "author"
    assert payload[4] == 3, "sequence"
    assert payload[10] == "issue.step", "intent"
    assert payload[16] == [hashlib.sha256(change_set).digest(), len(change_set)], "change set"
    operations = cbor2.loads(change_set[32:])
    assert [operation[:2] for operation in operations] == [[10, 1], [9, 2]], "operations"
    assert operations[0][3][5] == [None, "Dim staff nos dros y Sul; dŵr poeth wedi'i drwsio."], "note"
    assert operations[1][3] == {6: [2, 3]}, "severity from 2 to 3"


def check_questions_are_answered(found):
    response = verify(found["response"], "response", public_key(0x02))
    assert response[2] == hashlib.sha256(found["request"]).digest(), "the response names its request"
    receipt = verify(response[6][0], "receipt", public_key(0x02))
    assert receipt[9] == hashlib.sha256(found["envelope"]).digest(), "the receipt names the envelope"
    administered = verify(found["administered"], "administered", public_key(0x02))
    assert administered[2] == hashlib.sha256(found["administration"]).digest(), "the answer names its question"
    assert administered[3] == [found["enrolment-post"]], "the post"


def check_proof(found):
    """The enrolment's HMAC, from the code as the administrator reads it out."""
    with open(DOCUMENT, encoding="utf-8") as document:
        code = re.search(r"^```text enrolment-code\n(.*?)\n```", document.read(), re.M | re.S).group(1)
    number = 0
    for character in code.replace("-", ""):
        number = number << 5 | "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(character)
    assert number & 0xF == 0, "the last bits are zero"
    data = (number >> 4).to_bytes(27, "big")
    assert data[25:] == hashlib.sha256(data[:25]).digest()[:2], "checksum"
    post = cbor2.loads(found["enrolment-post"])
    assert post[2] == data[:5], "code id"
    key = hashlib.blake2b(data[5:15], digest_size=32).digest()
    proved = cbor2.dumps({field: post[field] for field in range(1, 6)}, canonical=True)
    assert hmac.compare_digest(post[6], hmac.new(key, proved, hashlib.sha256).digest()), "proof"


def check_encoding_is_canonical(found):
    """Whatever is CBOR, at any depth, comes out of cbor2's canonical writer as it went in."""
    for name, data in found.items():
        if name == "change-set":
            data = data[32:]
        item = cbor2.loads(data)
        assert cbor2.dumps(item, canonical=True) == data, f"{name} is not canonical"
        if name in SIGNED_BLOCKS:
            payload = item.value[2]
            assert cbor2.dumps(cbor2.loads(payload), canonical=True) == payload, f"payload of {name} is not canonical"


CHECKS = [
    ("signatures of the document verify", check_signatures),
    ("forgeries don't", check_forgeries),
    ("fields say what the document says", check_fields),
    ("questions and answers fit together", check_questions_are_answered),
    ("the enrolment's proof", check_proof),
    ("encoding is canonical", check_encoding_is_canonical),
]


def main():
    found = blocks()
    failed = 0
    print(f"1..{len(CHECKS)}")
    for number, (name, check) in enumerate(CHECKS, 1):
        try:
            check(found)
            print(f"ok {number} - {name}")
        except (AssertionError, KeyError, ValueError) as problem:
            failed += 1
            print(f"not ok {number} - {name}")
            print(f"# {problem!r}")
    return 1 if failed else 0


sys.exit(main())
