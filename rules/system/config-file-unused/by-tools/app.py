import glob
import tomllib
from pathlib import Path

SETTINGS = [tomllib.loads(Path(name).read_text()) for name in glob.glob("settings/*.toml")]
EXTRA = {path.stem: path.read_text() for path in Path("conf").iterdir()}
