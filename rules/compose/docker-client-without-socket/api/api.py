print("docker.from_env is a name")
