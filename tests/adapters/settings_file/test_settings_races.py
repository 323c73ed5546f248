from __future__ import annotations

import multiprocessing
from pathlib import Path

from app.adapters.settings_file import SettingsFile
from app.adapters.settings_file.store import load
from app.domain.configuration import Identity


def _add(path: str, lock: str, first: int) -> None:
    store = SettingsFile(Path(path), lock_path=Path(lock))
    for number in range(first, first + 8):
        store.put_now(Identity(name=f"a{number}", access_key_id="AKIAIOSFODNN7EXAMPLE"))
    store.close()


def test_processes_lose_nothing_to_each_other(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    spawn = multiprocessing.get_context("spawn")
    lock = str(tmp_path / "lock")
    workers = [spawn.Process(target=_add, args=(str(path), lock, first)) for first in (0, 100, 200)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(load(path).identities) == 24
