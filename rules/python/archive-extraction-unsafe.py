import tarfile
import zipfile


def unpack(path, folder):
    with tarfile.open(path) as archive:
        # ruleid: archive-extraction-unsafe
        archive.extractall(folder)
    backup = tarfile.open(path, "r:gz")
    # ruleid: archive-extraction-unsafe
    backup.extract("data.json", folder)


def fixed(path, folder):
    with tarfile.open(path) as archive:
        # ok: archive-extraction-unsafe
        archive.extractall(folder, filter="data")
    # ok: archive-extraction-unsafe
    zipfile.ZipFile(path).extractall(folder)


def checked(path, folder):
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if member.name.startswith("/") or ".." in member.name:
                raise ValueError(member.name)
        # ok: archive-extraction-unsafe
        archive.extractall(folder)
