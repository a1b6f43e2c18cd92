#!/usr/bin/env python3
"""Drills with stores, too slow for the tests. Each command that runs Latchkey is one word group, quoted.

stores.py upgrade OLD NEW        a store of OLD is taken over by NEW under load, with kill -9 at ten moments
stores.py migrate NEW PG [KEYS]  keys go from SQLite to PG (the JDBC URL of an empty database) and back, and copies are killed
stores.py restore NEW            a restoration is killed at twenty moments

For example: src/build/stores.py upgrade "java -jar old.jar" "java -jar target/latchkey.jar"
"""
import base64
import contextlib
import json
import os
import random
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ISSUER = "https://id.example.com"
WORK = tempfile.mkdtemp(prefix="latchkey-stores-")


def run(latchkey, *words, **more):
    done = subprocess.run(shlex.split(latchkey) + list(words), capture_output=True, text=True, cwd=WORK, **more)
    if done.returncode:
        raise SystemExit(f"{words} failed: {done.stderr}")
    return done.stdout


def start(latchkey, *words):
    return subprocess.Popen(
        shlex.split(latchkey) + list(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=WORK)


def serve(latchkey, db):
    """The service and its URL, once it is ready."""
    service = start(latchkey, "serve", "--port", "0", "--db", db, "--issuer", ISSUER)
    for line in service.stdout:
        if "is ready on " in line:
            return service, line.split("is ready on ")[1].split(" ")[0]
    raise SystemExit(f"the service did not start: {service.stderr.read()}")


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def stop(process):
    process.terminate()
    process.wait()


def call(url, body, headers):
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=20) as answer:
        return json.loads(answer.read() or b"null")


def form(url, key, **fields):
    pair = base64.b64encode(f"{key[0]}:{key[1]}".encode()).decode()
    return call(url, urllib.parse.urlencode(fields).encode(), {"Authorization": "Basic " + pair})


def token(url, key):
    return form(url + "/connect/token", key, grant_type="client_credentials")["access_token"]


def created(latchkey, db, name, scope):
    key = json.loads(run(latchkey, "keys", "create", name, "--scopes", scope, "--add-scopes", "--json", "--db", db))
    return key["id"], key["secret"]


def load(url, owner, keys, tokens):
    """Creates keys and asks for tokens until the service is gone; notes what was answered."""

    def creating():
        bearer = {"Authorization": "Bearer " + token(url, owner), "Content-Type": "application/json"}
        while True:
            key = call(url + "/api/keys", b'{"name": "made", "scopes": ["fx"]}', bearer)
            keys.append((key["id"], key["secret"]))

    def asking():
        while True:
            token(url, owner)
            tokens[0] += 1

    def until_gone(work):
        try:
            work()
        except (OSError, urllib.error.URLError, ValueError):
            pass

    threads = [threading.Thread(target=until_gone, args=[work]) for work in (creating, asking)]
    for thread in threads:
        thread.start()
    return threads


def killed_under_load(latchkey, db, owner, keys, tokens, seconds):
    service, url = serve(latchkey, db)
    threads = load(url, owner, keys, tokens)
    time.sleep(seconds)
    kill(service)
    for thread in threads:
        thread.join()


def upgrade(old, new):
    template = os.path.join(WORK, "template.db")
    owner = created(old, template, "owner", "latchkey:owner")
    seed = {"scopes": [{"name": "fx"}], "keys": [{"name": f"k{i}", "scopes": ["fx"]} for i in range(20_000)]}
    with open(os.path.join(WORK, "seed.json"), "w") as file:
        json.dump(seed, file)
    run(old, "keys", "import", "seed.json", "--db", template)
    before = count(template, "access_keys")
    everything, tokens = 0, [0]
    for moment in range(10):
        db = os.path.join(WORK, f"round{moment}.db")
        shutil.copy(template, db)
        keys = []
        killed_under_load(old, db, owner, keys, tokens, 4)
        made = len(keys)
        first = start(new, "serve", "--port", "0", "--db", db, "--issuer", ISSUER)
        time.sleep(0.3 * (moment + 1))
        kill(first)
        found = version(db)
        killed_under_load(new, db, owner, keys, tokens, 4)
        service, url = serve(new, db)
        lost = [key for key in keys if not works(url, key)]
        there = count(db, "access_keys")
        integrity = rows(db, "PRAGMA integrity_check")[0][0]
        stop(service)
        print(f"killed {0.3 * (moment + 1):.2f} s after the start (schema {found} then): {made} keys made by the old one,"
              f" {len(keys) - made} by the new one, {len(lost)} lost, {there} of at least {before + len(keys)} stored, {integrity}",
              flush=True)
        assert not lost and there >= before + len(keys) and integrity == "ok"
        everything += len(keys)
    print(f"{everything} keys were made and {tokens[0]} tokens issued meanwhile; none was lost")


def works(url, key):
    try:
        return bool(token(url, key))
    except urllib.error.HTTPError:
        return False


def rows(db, sql):
    with contextlib.closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def count(db, table):
    return rows(db, f"SELECT count(*) FROM {table}")[0][0]


def version(db):
    return rows(db, "SELECT value FROM latchkey WHERE name = 'version'")[0][0]


def content(db):
    found = {}
    for table, in rows(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
        columns = sorted(row[1] for row in rows(db, f"PRAGMA table_info({table})"))
        found[table] = sorted(map(repr, rows(db, f"SELECT {', '.join(columns)} FROM {table}")))
    return found


def migrate(new, postgresql, many="100000"):
    source, back = (os.path.join(WORK, name) for name in ("source.db", "back.db"))
    many = int(many)
    secrets = [(f"key-{i:06}", f"secret-of-{i:06}-" + "x" * 24) for i in range(many)]
    with open(os.path.join(WORK, "seed.json"), "w") as file:
        json.dump({"scopes": [{"name": "fx"}], "keys": [
            {"id": key, "secret": secret, "name": key, "scopes": ["fx"]} for key, secret in secrets]}, file)
    run(new, "keys", "import", "seed.json", "--db", source)
    sample = random.Random(7).sample(secrets, 200)
    service, url = serve(new, source)
    tokens = [token(url, key) for key in sample]
    form(url + "/connect/revocation", sample[0], token=tokens[0])
    stop(service)
    timed("to PostgreSQL", lambda: run(new, "migrate", "--from", source, "--to", postgresql))
    service, url = serve(new, postgresql)
    assert all(works(url, key) for key in sample)
    active = [form(url + "/connect/introspect", sample[1], token=each)["active"] for each in tokens]
    assert active == [False] + [True] * 199, active
    stop(service)
    print("on PostgreSQL: 200 secrets of a sample work, 199 old tokens verify, the revoked one does not")
    # What the service has written since then is on PostgreSQL alone.
    timed("and back", lambda: run(new, "migrate", "--from", postgresql, "--to", back))
    one, other = content(source), content(back)
    for table in ("access_keys", "access_key_secrets", "access_key_scopes", "signing_keys", "users", "audit_events",
                  "revoked_tokens"):
        uses = table in ("access_keys", "access_key_secrets")
        same = len(one[table]) == len(other[table]) if uses else one[table] == other[table]
        print(f"  {table}: {len(other[table])} rows, {'as before' if same else 'NOT as before'}")
        assert same
    hashes = "SELECT key_id, place, hash FROM access_key_secrets ORDER BY 1, 2"
    assert rows(source, hashes) == rows(back, hashes)
    print("  every hash of a secret is as before")
    service, url = serve(new, back)
    assert all(works(url, key) for key in sample)
    stop(service)
    print("back on SQLite: the secrets of the sample work")
    for moment in range(5):
        target = os.path.join(WORK, f"killed{moment}.db")
        copying = start(new, "migrate", "--from", source, "--to", target)
        time.sleep(1 + 0.7 * moment)
        killed = copying.poll() is None
        kill(copying)
        tables = count(target, "sqlite_master") if os.path.exists(target) else 0
        state = "empty" if tables == 0 else "whole" if content(target) == content(source) else "NEITHER"
        print(f"killed after {1 + 0.7 * moment:.1f} s ({'under way' if killed else 'done'}): the target is {state}", flush=True)
        assert state != "NEITHER"


def timed(what, work):
    begun = time.time()
    work()
    print(f"{what}: {time.time() - begun:.1f} s", flush=True)


def restore(new):
    db, backup, old = (os.path.join(WORK, name) for name in ("store.db", "backup.db", "old.db"))
    with open(os.path.join(WORK, "seed.json"), "w") as file:
        json.dump({"scopes": [{"name": "fx"}], "keys": [{"name": f"k{i}", "scopes": ["fx"]} for i in range(20_000)]}, file)
    run(new, "keys", "import", "seed.json", "--db", db)
    run(new, "backup", backup, "--db", db)
    owner = created(new, db, "owner", "latchkey:owner")
    killed_under_load(new, db, owner, [], [0], 1)
    left = os.path.getsize(db + "-wal")
    for ending in ("", "-wal"):
        shutil.copy(db + ending, old + ending)
    shutil.copy(old, old + "2"), shutil.copy(old + "-wal", old + "2-wal")
    before, after = content(old + "2"), content(backup)
    print(f"a log of {left} bytes is left; the old store has {len(before['access_keys'])} keys, the backup {len(after['access_keys'])}")
    seen = {}
    for moment in range(20):
        for ending in ("-wal", "-shm", "-journal"):
            if os.path.exists(db + ending):
                os.remove(db + ending)
        for ending in ("", "-wal"):
            shutil.copy(old + ending, db + ending)
        restoring = start(new, "restore", backup, "--db", db)
        time.sleep(0.5 + 0.07 * moment)
        kill(restoring)
        found = content(db)
        state = "old" if found == before else "backup" if found == after else "NEITHER"
        seen[state] = seen.get(state, 0) + 1
        if state == "NEITHER":
            differing = [table for table in before if found.get(table) not in (before[table], after[table])]
            raise SystemExit(f"killed at moment {moment}: neither ({differing or 'a mixture'})")
    print(f"killed at twenty moments: {seen}")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("upgrade", "migrate", "restore"):
        raise SystemExit(__doc__)
    try:
        {"upgrade": upgrade, "migrate": migrate, "restore": restore}[sys.argv[1]](*sys.argv[2:])
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
