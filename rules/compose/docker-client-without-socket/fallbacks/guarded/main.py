import docker


def client():
    try:
        return docker.from_env()
    except docker.errors.DockerException:
        return None
