#!/usr/bin/env python3
"""Measures projects: what the platform adds to plain Terraform, and many projects at once.

usage: benchmarks/projects.py [--rounds 5] [--projects 50]   (after ./kubiya build; needs git and terraform)

Starts a server of its own. A round is one project: code with a module, variables, a secret and 20 resources in a git repository
is planned, approved and applied, changed and pushed, planned and applied again, and destroyed; beside it a shell does the same with
plain Terraform, on a clone of its own, with a local state. Whichever goes first changes from round to round. What others changed is
found in the end: one project reads an output of another, which somebody changes from a shell. Then many projects are planned at once,
each twice. KUBIYA_SERVER may name another command to start the server with.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

import kubiya_server

MAIN = """
variable "region" { type = string }
variable "size" {
  type    = number
  default = 1
}
variable "password" {
  type      = string
  sensitive = true
}
module "net" {
  source = "../modules/net"
  region = var.region
}
resource "terraform_data" "node" {
  count = 15
  input = { name = "node-${count.index}", size = var.size, net = module.net.id }
}
resource "terraform_data" "login" { input = var.password }
output "net" { value = module.net.id }
output "login" {
  value     = terraform_data.login.output
  sensitive = true
}
"""
MODULE = """
variable "region" { type = string }
resource "terraform_data" "subnet" {
  count = 4
  input = "${var.region}-${count.index}"
}
output "id" { value = join(",", terraform_data.subnet[*].id) }
"""
READER = """
variable "key" {
  type      = string
  sensitive = true
}
data "terraform_remote_state" "network" {
  backend = "http"
  config  = { address = "%s", username = "ada", password = var.key }
}
output "cidr" { value = data.terraform_remote_state.network.outputs.cidr }
"""
ENVIRONMENT = {**os.environ, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", "TF_VAR_region": "eu-1",
               "TF_VAR_password": "hunter2"}


def shell(folder, *command, **more):
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True,
                          env={**ENVIRONMENT, **more}).stdout


def commit(repository, size):
    (repository / "infra").mkdir(exist_ok=True)
    (repository / "modules/net").mkdir(parents=True, exist_ok=True)
    (repository / "infra/main.tf").write_text(MAIN.replace("default = 1", f"default = {size}"))
    (repository / "modules/net/main.tf").write_text(MODULE)
    if not (repository / ".git").exists():
        shell(repository, "git", "init", "-q", "-b", "main")
    shell(repository, "git", "add", "-A")
    shell(repository, "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", f"size {size}")


class Clock:
    """Times of the steps, by who did them."""

    def __init__(self):
        self.times = {}

    def measure(self, who, step, work):
        begin = time.perf_counter()
        result = work()
        self.times.setdefault(step, {}).setdefault(who, []).append(time.perf_counter() - begin)
        return result


class Project:
    def __init__(self, server, body):
        self.server = server
        self.path = "/v1/projects/" + server.json("POST", "/v1/projects", body)["id"]

    def rest(self, run):
        while run["status"] in ("pending", "running", "approved", "applying"):
            run = self.server.json("GET", f"{self.path}/executions/{run['id']}?wait=60")
        return run

    def plan(self, **options):
        run = self.rest(self.server.json("POST", self.path + "/plan?wait=60", options))
        assert run["status"] in ("planned", "no_changes"), run["error"]
        return run

    def apply(self, run):
        run = self.rest(self.server.json("POST", self.path + "/approve", {"execution_id": run["id"]}))
        assert run["status"] == "applied", run["error"]
        return run


def through_platform(clock, server, repository, number):
    project = Project(server, {"name": f"round-{number}", "url": repository.as_uri(), "branch": "main", "path": "infra",
                               "variables": [{"name": "region", "value": "eu-1"}, {"name": "password", "secret": "login"}]})
    plan = clock.measure("platform", "plan of 20 resources", project.plan)
    assert plan["counts"] == {"add": 20, "change": 0, "destroy": 0}, plan["counts"]
    clock.measure("platform", "apply", lambda: project.apply(plan))
    commit(repository, 100 + number)
    plan = clock.measure("platform", "plan of a change", project.plan)
    assert plan["counts"] == {"add": 0, "change": 15, "destroy": 0}, plan["counts"]
    assert {change["after"]["input"]["size"] for change in plan["changes"]} == {100 + number}
    assert "hunter2" not in json.dumps(plan)
    clock.measure("platform", "apply of it", lambda: project.apply(plan))
    plan = project.plan(destroy=True)
    clock.measure("platform", "destroy", lambda: project.apply(plan))


def through_shell(clock, repository, folder):
    clone = folder / "clone"
    module = clone / "infra"

    def plan():
        if not clone.exists():
            shell(folder, "git", "clone", "-q", repository.as_uri(), str(clone))
            shell(module, "terraform", "init", "-input=false")
        else:
            shell(clone, "git", "pull", "-q")
        shell(module, "terraform", "plan", "-input=false", "-out=saved")
        # The platform shows what a plan changes, so its JSON belongs to the work.
        return shell(module, "terraform", "show", "-json", "saved")

    clock.measure("shell", "plan of 20 resources", plan)
    clock.measure("shell", "apply", lambda: shell(module, "terraform", "apply", "-input=false", "saved"))
    commit(repository, 200 + len(clock.times["apply"]["shell"]))
    clock.measure("shell", "plan of a change", plan)
    clock.measure("shell", "apply of it", lambda: shell(module, "terraform", "apply", "-input=false", "saved"))
    shell(module, "terraform", "plan", "-destroy", "-input=false", "-out=saved")
    clock.measure("shell", "destroy", lambda: shell(module, "terraform", "apply", "-input=false", "saved"))
    shutil.rmtree(clone)


def found_drift(server, folder):
    """A project reads an output of another one, which somebody changes by hand."""
    other = Project(server, {"name": "network"})
    address = f"{server.url}{other.path}/state/raw"
    laptop = folder / "laptop"
    laptop.mkdir()
    (laptop / "main.tf").write_text('terraform {\n  backend "http" {}\n}\nvariable "cidr" { type = string }\n'
                                    'output "cidr" { value = var.cidr }\n')
    backend = [f"-backend-config={name}={value}" for name, value in
               (("address", address), ("lock_address", address), ("unlock_address", address), ("username", "ada"))]
    key = {"TF_HTTP_PASSWORD": server.key}
    shell(laptop, "terraform", "init", "-input=false", *backend, **key)
    shell(laptop, "terraform", "apply", "-input=false", "-auto-approve", "-var=cidr=10.0.0.0/16", **key)
    server.json("POST", "/v1/secrets", {"name": "state-key", "value": server.key})
    reader = Project(server, {"name": "reader", "files": {"main.tf": READER % address},
                              "variables": [{"name": "key", "secret": "state-key"}]})
    reader.apply(reader.plan())
    shell(laptop, "terraform", "apply", "-input=false", "-auto-approve", "-var=cidr=10.9.0.0/16", **key)
    begin = time.perf_counter()
    reader.rest(server.json("POST", reader.path + "/drift", None))
    drift = server.json("GET", reader.path + "/drift")
    while drift["status"] not in ("drifted", "clean"):
        drift = server.json("GET", reader.path + "/drift")
    assert drift["status"] == "drifted", drift
    print(f"drift made by hand: output {drift['outputs'][0]['name']} was {drift['outputs'][0]['before']}, is "
          f"{drift['outputs'][0]['after']}; found in {(time.perf_counter() - begin) * 1000:.0f} ms")


def memory(process):
    """Of a process and its descendants, in MiB; and how many of those are Terraform."""
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = pathlib.Path(f"/proc/{name}/stat").read_text().rsplit(")", 1)[1].split()
            children.setdefault(int(fields[1]), []).append(int(name))
        except OSError:
            continue
    todo, total, terraforms = [process], 0, 0
    while todo:
        one = todo.pop()
        todo += children.get(one, [])
        try:
            rollup = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
            command = pathlib.Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")
            terraforms += command[0].endswith(b"terraform")
        except (OSError, StopIteration):
            continue
    return total / 1024, terraforms


def many(server, count):
    code = {"main.tf": 'resource "terraform_data" "one" {\n  count = 10\n  input = count.index\n}\n'}
    projects = [Project(server, {"name": f"many-{i}", "files": code}) for i in range(count)]
    alone, _ = memory(server.process.pid)
    most, over = [alone, 0], threading.Event()

    def watch():
        while not over.is_set():
            used, terraforms = memory(server.process.pid)
            most[:] = [max(most[0], used), max(most[1], terraforms)]
            time.sleep(0.1)

    watching = threading.Thread(target=watch)
    watching.start()
    begin = time.perf_counter()
    asked = [(project, [server.json("POST", project.path + "/plan", {"message": word}) for word in ("first", "second")])
             for project in projects]
    posted = time.perf_counter() - begin
    for project, runs in asked:
        first, second = [project.rest(run) for run in runs]
        assert first["status"] == second["status"] == "planned", (first["error"], second["error"])
        assert first["finished_at"] is None or second["started_at"] >= first["planned_at"], "not in order"
        assert second["started_at"] >= first["planned_at"], "not in order"
    took = time.perf_counter() - begin
    over.set()
    watching.join()
    print(f"{count} projects, two plans each, all asked for in {posted:.1f} s: every plan there after {took:.1f} s "
          f"({2 * count / took:.1f}/s), each project's in order; {most[1]} Terraforms at a time at most; server, database and "
          f"Terraforms {alone:.0f} MiB before, {most[0]:.0f} MiB at most")


options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--rounds", type=int, default=5)
options.add_argument("--projects", type=int, default=50)
options = options.parse_args()

folder = pathlib.Path(tempfile.mkdtemp())
server = kubiya_server.Server(folder, KUBIYA_ALLOW_FILE_SOURCES="true")
try:
    server.json("POST", "/v1/secrets", {"name": "login", "value": "hunter2"})
    clock = Clock()
    for number in range(options.rounds + 1):
        if number == 1:
            clock = Clock()  # the first round is for warming up
        repository = folder / f"repository-{number}"
        repository.mkdir()
        commit(repository, 1)
        turns = [lambda: through_platform(clock, server, repository, number), lambda: through_shell(clock, repository, folder)]
        for turn in turns if number % 2 else reversed(turns):
            turn()
    print(f"medians of {options.rounds} rounds: plain Terraform in a shell, the platform, what it adds")
    for step, who in clock.times.items():
        plain, ours = (statistics.median(who[one]) * 1000 for one in ("shell", "platform"))
        print(f"{step}: {plain:.0f} ms, {ours:.0f} ms, {ours - plain:+.0f} ms ({(ours / plain - 1) * 100:+.0f} %)")
    found_drift(server, folder)
    many(server, options.projects)
finally:
    server.stop()
    shutil.rmtree(folder)
