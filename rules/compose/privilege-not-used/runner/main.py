import subprocess

subprocess.run(["mount", "-t", "tmpfs", "none", "/mnt"])
