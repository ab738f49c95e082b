import os
import stat
from pathlib import Path


def publish(path, folder: Path, private_key_path):
    # ruleid: permissive-file-mode
    os.chmod(path, 0o777)
    # ruleid: permissive-file-mode
    folder.chmod(0o666)
    # ruleid: permissive-file-mode
    os.chmod(path, stat.S_IRUSR | stat.S_IWOTH)
    # ruleid: permissive-file-mode
    os.chmod(private_key_path, 0o644)
    # ruleid: permissive-file-mode
    os.umask(0)


def fixed(path, script, private_key_path):
    # ok: permissive-file-mode
    os.chmod(script, 0o755)
    # ok: permissive-file-mode
    os.chmod(path, 0o644)
    # ok: permissive-file-mode
    os.chmod(private_key_path, 0o600)
    # ok: permissive-file-mode
    os.umask(0o077)
    # ok: permissive-file-mode
    os.makedirs(path, mode=0o777)
    # ok: permissive-file-mode
    mask = os.umask(0)
    os.umask(mask)
