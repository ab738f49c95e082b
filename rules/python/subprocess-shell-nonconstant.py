import asyncio
import os
import shlex
import subprocess as sp
import sys
from subprocess import run

import paramiko

BACKUP = "pg_dump app > /backup/app.sql"


def restore(name, folder, client: paramiko.SSHClient):
    # ruleid: subprocess-shell-nonconstant
    run(f"pg_restore {name}", shell=True, check=True)
    # ruleid: subprocess-shell-nonconstant
    sp.Popen("tar xf " + name, stdout=sp.PIPE, shell=True)
    # ruleid: subprocess-shell-nonconstant
    os.system("rm -rf %s" % folder)
    command = f"ls {folder}"
    # ruleid: subprocess-shell-nonconstant
    lines = os.popen(command).read()
    # ruleid: subprocess-shell-nonconstant
    client.exec_command(f"systemctl restart {name}")
    return lines


async def convert(path):
    # ruleid: subprocess-shell-nonconstant
    await asyncio.create_subprocess_shell("ffmpeg -i " + path)


def fixed(name, folder):
    # ok: subprocess-shell-nonconstant
    run("df -h | tail -1", shell=True)
    # ok: subprocess-shell-nonconstant
    sp.check_output(BACKUP, shell=True)
    # ok: subprocess-shell-nonconstant
    run(["pg_restore", name])
    # ok: subprocess-shell-nonconstant
    run(("tar", "xf", name), check=True)
    # ok: subprocess-shell-nonconstant
    os.system(f"{sys.executable} -m compileall .")
    # ok: subprocess-shell-nonconstant
    run(f"du -s {shlex.quote(folder)} | sort", shell=True)
    # ok: subprocess-shell-nonconstant
    run(shlex.join(["ls", folder]), shell=True)
    # ok: subprocess-shell-nonconstant
    run(f"ls {folder}", shell=False)
