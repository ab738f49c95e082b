import os
import subprocess


def back_up():
    # ruleid: subprocess-wildcard-or-partial-path
    os.system("cd /uploads && tar czf /backup/uploads.tgz *")
    # ruleid: subprocess-wildcard-or-partial-path
    subprocess.run("chown app:app /uploads/*", shell=True, check=True)


def fixed(files):
    # ok: subprocess-wildcard-or-partial-path
    subprocess.run(["tar", "czf", "/backup/uploads.tgz", "--", *files], check=True)
    # ok: subprocess-wildcard-or-partial-path
    os.system("rsync -a --exclude '*.pyc' /src/ /dst/")
    # ok: subprocess-wildcard-or-partial-path
    subprocess.run(["chown", "app:app", "*"])
    # ok: subprocess-wildcard-or-partial-path
    os.system("ls *.log")
