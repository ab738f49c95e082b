from docker import DockerClient

client = DockerClient(base_url="unix://var/run/docker.sock")
