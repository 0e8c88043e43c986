#!/usr/bin/env python3
"""Measures Terraform's states: versions written and read per second, the size of the database, retention at work.

usage: benchmarks/state.py [--versions 1000] [--kilobytes 1000] [--keep 100] [--writers 4]   (after ./kubiya build; needs psql)

Starts a server with an embedded database of its own. The states look like Terraform's: resources with ids, names, addresses and
tags, a tenth of them changed from version to version. Then starts it again with a retention of --keep versions, writes once more,
and lets the database give the room back. KUBIYA_SERVER may name another command to start the server with.
"""
import argparse
import base64
import concurrent.futures
import hashlib
import json
import pathlib
import random
import shutil
import statistics
import tempfile
import textwrap
import time
import uuid

from kubiya_server import Server, psql


def instance(randomness, number):
    word = f"{randomness.getrandbits(128):032x}"
    return {"index_key": number, "schema_version": 1, "attributes": {
        "id": f"i-{word[:17]}", "arn": f"arn:aws:ec2:eu-central-1:123456789012:instance/i-{word[:17]}", "ami": f"ami-{word[15:32]}",
        "availability_zone": "eu-central-1a", "private_ip": f"10.{number % 250}.{randomness.getrandbits(8)}.7", "instance_type": "m7g.large",
        "root_block_device": [{"delete_on_termination": True, "device_name": "/dev/xvda", "encrypted": True, "volume_id": f"vol-{word[3:20]}",
                               "volume_size": 30, "volume_type": "gp3"}],
        "tags": {"Name": f"worker-{number}", "team": "platform", "cost-center": "4711", "managed-by": "terraform"},
        "user_data_replace_on_change": False, "vpc_security_group_ids": [f"sg-{word[8:25]}"]},
        "sensitive_attributes": [], "private": base64.b64encode(word.encode()).decode(), "dependencies": ["aws_subnet.private"]}


def text(randomness, number):
    """As it stands in a state, so that only what changes is written anew."""
    return textwrap.indent(json.dumps(instance(randomness, number), indent=2), " " * 8)


class States:
    """The states of one project, one after the other."""

    def __init__(self, seed, size):
        self.randomness = random.Random(seed)
        self.lineage = str(uuid.UUID(int=self.randomness.getrandbits(128)))
        one = len(text(self.randomness, 0))
        self.instances = [text(self.randomness, i) for i in range(max(1, int(size / one)))]
        self.serial = 0

    def next(self):
        self.serial += 1
        for _ in range(max(1, len(self.instances) // 10)):
            i = self.randomness.randrange(len(self.instances))
            self.instances[i] = text(self.randomness, i)
        whole = json.dumps({"version": 4, "terraform_version": "1.11.4", "serial": self.serial, "lineage": self.lineage, "outputs": {},
                            "resources": [{"mode": "managed", "type": "aws_instance", "name": "worker",
                                           "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
                                           "instances": ["HERE"]}], "check_results": None}, indent=2)
        return whole.replace('        "HERE"', ",\n".join(self.instances)).encode()


def size(server):
    return int(psql(server.data, "SELECT pg_database_size(current_database())")) / 1e6


def milliseconds(times):
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered) * 1000:.1f} ms, p99 {ordered[int(len(ordered) * 0.99) - 1] * 1000:.1f} ms"


options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--versions", type=int, default=1000)
options.add_argument("--kilobytes", type=int, default=1000)
options.add_argument("--keep", type=int, default=100)
options.add_argument("--writers", type=int, default=4)
options = options.parse_args()

folder = pathlib.Path(tempfile.mkdtemp())
server = Server(folder)
try:
    each = options.versions // options.writers
    made = [States(seed, options.kilobytes * 1000) for seed in range(options.writers)]
    connection = server.connection()
    paths = [f"/v1/projects/{json.loads(server.ask(connection, 'POST', '/v1/projects', json.dumps({'name': f'state-{i}'})))['id']}/state"
             for i in range(options.writers)]
    before = size(server)
    prepared = [[states.next() for _ in range(min(each, 50))] for states in made]
    print(f"{options.versions} versions of {len(prepared[0][0]) / 1000:.0f} kB, {len(made[0].instances)} resources each, "
          f"{options.writers} projects at once")

    def write(which):
        connection, states, times = server.connection(), made[which], []
        for i in range(each):
            body = prepared[which][i] if i < len(prepared[which]) else states.next()
            md5 = base64.b64encode(hashlib.md5(body).digest()).decode()
            begin = time.perf_counter()
            server.ask(connection, "POST", paths[which] + "/raw", body, **{"Content-MD5": md5})
            times.append(time.perf_counter() - begin)
        return times

    def read(which):
        connection, times = server.connection(), []
        for i in range(each):
            begin = time.perf_counter()
            content = server.ask(connection, "GET", f"{paths[which]}/versions/{i + 1}/raw")
            times.append(time.perf_counter() - begin)
            assert len(content) > options.kilobytes * 100
        return times

    for word, work in (("written", write), ("read", read)):
        with concurrent.futures.ThreadPoolExecutor(options.writers) as pool:
            times = [one for some in pool.map(work, range(options.writers)) for one in some]
        # Making the states is the client's work and takes its time between requests: requests alone count.
        print(f"{word}: {len(times) / (sum(times) / options.writers):.0f}/s, {milliseconds(times)}")
    psql(server.data, "CHECKPOINT")
    after = size(server)
    stored = int(psql(server.data, "SELECT sum(stored_bytes) FROM project_state_version")) / 1e6
    sent = int(psql(server.data, "SELECT sum(size_bytes) FROM project_state_version")) / 1e6
    print(f"database: {after - before:.0f} MB more for {sent:.0f} MB of states, of which {stored:.0f} MB are their pieces")
    print(f"server: {server.memory()} MiB at most")
    # The first connection has been idle for so long that the server closed it.
    connection = server.connection()
    begin = time.perf_counter()
    server.ask(connection, "GET", paths[0] + "/versions?limit=50&offset=100")
    print(f"a page of versions: {(time.perf_counter() - begin) * 1000:.1f} ms")
    server.stop()

    server = Server(folder, KUBIYA_STATE_KEEP_VERSIONS=str(options.keep))
    connection = server.connection()
    begin = time.perf_counter()
    rounds = 0
    while int(psql(server.data, "SELECT count(*) FROM project_state_version")) > options.keep * options.writers:
        for which in range(options.writers):
            server.ask(connection, "POST", paths[which] + "/raw", made[which].next())
        rounds += 1
    print(f"retention of {options.keep}: {rounds} writes to each project forgot the rest in {time.perf_counter() - begin:.1f} s")
    psql(server.data, "VACUUM FULL")
    print(f"database after VACUUM FULL: {size(server) - before:.0f} MB more than before the first state")
finally:
    server.stop()
    shutil.rmtree(folder)
