"""`make run`: gets the machine ready, loads what is missing, and starts the site. Keeps all data between starts."""

import os
import socket
import subprocess
import sys

from prepare import PYTHON, ROOT, VENV_BIN, Missing, in_venv, prepare, say

PORT = os.environ.get("PORT", "8000")
MAIL_PORT = os.environ.get("MAIL_PORT", "1025")


def refuse_taken_port(port: str, name: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            raise Missing(f"Port {port} is in use. Choose another: {name}={int(port) + 1} make run") from None


def main() -> None:
    refuse_taken_port(PORT, "PORT")
    refuse_taken_port(MAIL_PORT, "MAIL_PORT")
    prepare("run")
    env = in_venv(
        {
            "DJANGO_SETTINGS_MODULE": "portal.settings.development",
            "SITE_URL": os.environ.get("SITE_URL", f"http://localhost:{PORT}"),
            "EMAIL_URL": os.environ.get("EMAIL_URL", f"smtp://127.0.0.1:{MAIL_PORT}"),
            "PORT": PORT,
        }
    )
    say("database and content")
    if subprocess.run([PYTHON, "manage.py", "set_up", "--demo", "--samples"], cwd=ROOT, env=env).returncode:
        raise Missing("The database could not be made ready: see above.")
    print(
        f"""
  The site             http://localhost:{PORT}/
  Apply                http://localhost:{PORT}/nl/applications/
  Fedasil's desk       http://localhost:{PORT}/admin/
  Codes and mails      http://localhost:{PORT}/demo/   (sign-in codes and second-step codes of the accounts above)

  What gives power takes two administrators: the demo has both. A real portal gets its first one on the server,
  by manage.py make_administrator (docs/operator.md).

  Ctrl-C stops everything.
""",
        flush=True,
    )
    os.chdir(ROOT)
    os.execve(VENV_BIN / "honcho", ["honcho", "--no-prefix", "start"], env)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
