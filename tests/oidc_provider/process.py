import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.browser.site import ROOT, free_port, wait_until

from .serve import CLIENT, SECRET


class Provider:
    """Starts and stops the provider; `settings` is what an operator writes in OIDC_PROVIDERS."""

    def __init__(self, folder: Path, *callbacks: str):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "tests.oidc_provider.serve", str(self.port), *callbacks]
        env = {**os.environ, "PROVIDER_DIR": str(folder)}
        self.log = (folder / "provider.log").open("w")
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=self.log, stderr=subprocess.STDOUT)
        wait_until("the provider", self.answers)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/.well-known/openid-configuration", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    def settings(self, **more) -> dict:
        return {
            "id": "test",
            "name": "Test login",
            "server_url": self.address,
            "client_id": CLIENT,
            "secret": SECRET,
            **more,
        }

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.log.close()
