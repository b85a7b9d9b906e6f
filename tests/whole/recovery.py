# SPDX-License-Identifier: GPL-3.0-or-later
"""A tablet whose store is damaged: what verifies is saved without a network, and the exchange makes it whole."""
import os
import random
import shutil

from force import end_all, signed_visit

PAGE_BYTES = 4096
WAL_HEADER_BYTES = 32
FRAME_BYTES = 24 + PAGE_BYTES


def change(path, edit):
    with open(path, "rb") as file:
        content = bytearray(file.read())
    content = edit(content)
    with open(path, "wb") as file:
        file.write(content)


def flip(content, places):
    for place in places:
        content[place] ^= 0x40
    return content


def flip_pages(store, chance, share):
    """One byte in so many of the vault's pages."""
    def edit(content):
        pages = len(content) // PAGE_BYTES
        return flip(content, [page * PAGE_BYTES + chance.randrange(PAGE_BYTES)
                              for page in chance.sample(range(pages), max(1, int(pages * share)))])
    change(f"{store}/vault", edit)


def flip_frames(store, chance, share):
    def edit(content):
        frames = (len(content) - WAL_HEADER_BYTES) // FRAME_BYTES
        return flip(content, [WAL_HEADER_BYTES + frame * FRAME_BYTES + chance.randrange(FRAME_BYTES)
                              for frame in chance.sample(range(frames), max(1, int(frames * share)))])
    change(f"{store}/vault-wal", edit)


def no_head(store, _):
    os.remove(f"{store}/head")


def one_frame(store, chance):
    flip_frames(store, chance, 0)


def log_header(store, _):
    change(f"{store}/vault-wal", lambda content: flip(content, [3]))


def half_a_vault(store, _):
    os.truncate(f"{store}/vault", os.path.getsize(f"{store}/vault") // 2 + 100)


def everywhere(store, chance):
    flip_pages(store, chance, 0.3)
    flip_frames(store, chance, 0.3)


DAMAGES = [no_head, one_frame, log_header, half_a_vault, everywhere]
LOSING = [half_a_vault, everywhere]


def view(session):
    """All that a device shows of its homes, whoever wrote it: by home, and the visits among it."""
    homes, visits = {}, set()
    for home in session.send("homes")["homes"]:
        timeline = session.send("home", home["registration_no"])["timeline"]
        homes[home["registration_no"]] = sorted(str(entry) for entry in timeline)
        visits |= {entry["id"] for entry in timeline if entry["kind"] == "visit"}
    return homes, visits


def check_verifies(session):
    proof = session.send("verify")
    assert proof["verified"] and proof["withheld"] == 0, proof


def recover(force, damage, chance):
    """Damages the officer's store and recovers it out of reach."""
    store = force.officer.store
    force.network.up = False
    damage(store, chance)
    damaged = {name: os.path.getsize(f"{store}/{name}") for name in ("vault", "keyring")}
    saved = force.officer.ctl("recover")
    aside = saved["damaged_store"]
    assert {name: os.path.getsize(f"{aside}/{name}") for name in damaged} == damaged, "the damaged store was changed"
    assert not os.path.exists(f"{store}.recovering")
    force.network.up = True
    if not saved["enrolled"]:
        force.enrol("2001", "officer")
    return saved


def check_whole_again(force):
    """What was saved and what is written after reaches everybody, and what everybody has is here again."""
    with force.officer.session() as session:
        drafts = [each["id"] for each in session.send("drafts")["drafts"]]
        homes = session.send("homes").get("homes", [])
        saved = view(session)[1] if homes else set()
        if homes:
            saved.add(signed_visit(session, homes[0]["registration_no"], "after the recovery"))
        session.send("sync")
        status = session.send("status")
        assert status["here"] == status["sent"] == status["refused"] == 0, status
        mine, visits = view(session)
        check_verifies(session)
        again = session.send("sync")
        assert again["pushed"] == 0 and again["pulled"] == 0, again
    with force.deputy.session() as session:
        session.send("sync")
        theirs, seen = view(session)
        check_verifies(session)
    force.server_says("verify")
    assert saved <= visits
    assert mine and all(mine[home] == theirs[home] for home in set(mine) & set(theirs))
    return drafts, visits & seen


def busy_week(force):
    """Synced work of both, then a few days out of reach, and the battery goes while everything is in the log."""
    visits, pending = set(), set()
    with force.officer.session() as officer, force.deputy.session() as deputy:
        shared = {home["registration_no"] for home in deputy.send("homes")["homes"]}
        mine = {home["registration_no"] for home in officer.send("homes")["homes"]}
        numbers = sorted(shared & mine)
        for turn in range(3):
            number = numbers[turn % len(numbers)]
            visits |= {signed_visit(officer, number, f"synced {turn}" + " a long note" * 200),
                       signed_visit(deputy, number, f"by the deputy {turn}")}
            officer.send("sync")
            deputy.send("sync")
        for turn in range(6):
            pending.add(signed_visit(officer, numbers[turn % len(numbers)], f"pending {turn}" + " a note" * 100))
        draft = officer.send("visit", "begin", numbers[0])["draft"]
        for turn in range(8):
            officer.send("visit", "set", draft, f"notes=not signed yet {turn}")
            officer.send("contact", numbers[0], "how=phone", "with_whom=Manager", f"note=call {turn}")
        officer.kill()
    return visits, pending, draft


def test_damaged_stores(force, seed):
    """a damaged store is recovered offline; the sync makes it what the deputy sees, and no pending work is lost on the way"""
    visits, pending, draft = busy_week(force)
    force.stop_server()
    for number, damage in enumerate(DAMAGES):
        copy = force.copy(f"{force.folder}-{number}")
        copy.device("officer"), copy.device("deputy")
        try:
            copy.start_server()
            saved = recover(copy, damage, random.Random(seed + number))
            drafts, shared = check_whole_again(copy)
            assert visits <= shared, damage.__name__
            if damage not in LOSING:
                assert saved["missing"] == [] and saved["missing_envelopes"] == 0, (damage.__name__, saved)
                assert draft in drafts and pending <= shared, (damage.__name__, drafts, saved)
        finally:
            end_all()
            shutil.rmtree(copy.folder, ignore_errors=True)


TESTS = [test_damaged_stores]
