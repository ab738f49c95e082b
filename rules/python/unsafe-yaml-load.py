import ruamel.yaml
import yaml
from yaml import CSafeLoader, FullLoader, load


class IncludeLoader(yaml.SafeLoader):
    pass


def read(text):
    # ruleid: unsafe-yaml-load
    yaml.load(text)
    # ruleid: unsafe-yaml-load
    load(text, Loader=FullLoader)
    # ruleid: unsafe-yaml-load
    list(yaml.load_all(text, yaml.Loader))
    # ruleid: unsafe-yaml-load
    yaml.unsafe_load(text)
    # ruleid: unsafe-yaml-load
    return ruamel.yaml.YAML(typ="unsafe").load(text)


def fixed(text):
    # ok: unsafe-yaml-load
    yaml.safe_load(text)
    # ok: unsafe-yaml-load
    yaml.load(text, Loader=yaml.SafeLoader)
    # ok: unsafe-yaml-load
    load(text, CSafeLoader)
    # ok: unsafe-yaml-load
    yaml.load(text, Loader=IncludeLoader)
    reader = ruamel.yaml.YAML(typ="safe")
    # ok: unsafe-yaml-load
    return reader.load(text)
