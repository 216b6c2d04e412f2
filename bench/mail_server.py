"""A mail server that takes everything, in a process of its own: ``python -m bench.mail_server PORT``."""

import contextlib
import subprocess
import sys
import time

from mktogether.setup.throwaway_postgres import free_port


class Takes:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        return "250 OK"


@contextlib.contextmanager
def running():
    """The port of a server that runs until the end of the block."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.mail_server", str(port)], stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        yield port
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def main():
    """Serve until stopped."""
    from aiosmtpd.controller import Controller

    controller = Controller(Takes(), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    print("ready", flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
