"""A server with an embedded database of its own, for benchmarks. KUBIYA_SERVER may name another command to start it with."""
import http.client
import json
import os
import pathlib
import shlex
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("KUBIYA_PORT", "18743"))
COMMAND = shlex.split(os.environ.get("KUBIYA_SERVER", str(ROOT / "kubiya")))


def psql(data, sql):
    """What the embedded database of a data directory answers."""
    port = (data / "postgres/postmaster.pid").read_text().splitlines()[3].strip()
    environment = {**os.environ, "PGPASSWORD": (data / "postgres-password").read_text().strip()}
    done = subprocess.run(["psql", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "-d", "postgres", "-qAt"], input=sql,
                          text=True, capture_output=True, env=environment, check=True)
    return done.stdout.strip()


class Server:
    url = f"http://127.0.0.1:{PORT}"

    def __init__(self, folder, **settings):
        self.data, self.log = folder / "data", folder / "out"
        environment = {**os.environ, "KUBIYA_DATA": str(self.data), "KUBIYA_PORT": str(PORT), "KUBIYA_RATE_LIMIT_PER_MINUTE": "0",
                       "KUBIYA_RATE_LIMIT_PER_DAY": "0", **settings}
        with open(self.log, "a") as out:
            begin = out.tell()
            self.process = subprocess.Popen([*COMMAND, "up"], env=environment, stdout=out, stderr=subprocess.DEVNULL)
        while "is up" not in self.log.read_text()[begin:]:
            assert self.process.poll() is None, "the server did not start"
            time.sleep(0.1)
        self.key = next(line for line in self.log.read_text().splitlines() if line.startswith("uk_"))

    def connection(self):
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        connection.connect()
        return connection

    def ask(self, connection, method, path, body=None, **headers):
        connection.request(method, path, body=body, headers={"Authorization": "UserKey " + self.key, **headers})
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status < 300, (answer.status, content[:300])
        return content

    def json(self, method, path, body=None):
        """One call on a connection of its own, JSON in and out."""
        return json.loads(self.ask(self.connection(), method, path, None if body is None else json.dumps(body),
                                   **{"Content-Type": "application/json"}))

    def memory(self):
        return int(next(line for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
                        if line.startswith("VmHWM")).split()[1]) // 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()
