#!/usr/bin/env python3
"""Writes a tree of 600 Dockerfiles, 20 Compose files and 900 Python files, the same bytes for the same seed.

    python3 benches/tree/generate.py DIR [--seed 7]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SERVICES, STACKS = 150, 20
IMAGES = ("api", "worker", "job", "dev")

NOUNS = "order invoice customer parcel ticket article review payment session report batch sample region tariff device reading".split()
VERBS = "create list find update archive restore merge split check price ship cancel approve reject export load".split()
FIELDS = "name state amount currency note owner country weight score priority source target reason channel label version".split()
BASES = ("python:3.13-slim", "python:3.12", "python:3.11-alpine", "python:3.12-slim-bookworm")
STORES = {
    "db": ("postgres:17.2", "5432", "/var/lib/postgresql/data"),
    "cache": ("redis:7.4", "6379", "/data"),
    "queue": ("rabbitmq:4.0-management", "5672", "/var/lib/rabbitmq"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    names = [f"{NOUNS[index % len(NOUNS)]}_{VERBS[index // len(NOUNS)]}" for index in range(SERVICES)]
    for index, name in enumerate(names):
        write_service(options.folder / "services" / name, name, index, chance)
    for index in range(STACKS):
        write(options.folder / "stacks" / f"stack{index:02}" / "docker-compose.yml", compose(index, names[index::STACKS], chance))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_service(folder: Path, name: str, index: int, chance: random.Random) -> None:
    package = folder / name
    modules = {"main": main_module, "config": config_module, "models": models_module, "service": service_module, "tasks": tasks_module}
    for module, text in modules.items():
        write(package / f"{module}.py", text(name, chance))
    write(folder / "tests" / "test_main.py", tests_module(name, chance))
    write(folder / "requirements.txt", "".join(f"{line}\n" for line in REQUIREMENTS))
    for kind in IMAGES:
        write(folder / f"Dockerfile.{kind}", dockerfile(name, kind, index, chance))


REQUIREMENTS = ["fastapi==0.121.0", "uvicorn==0.38.0", "sqlalchemy==2.0.44", "httpx==0.28.1", "redis==7.0.1", "celery==5.5.3", "pydantic-settings==2.11.0", "psycopg==3.2.12"]


def dockerfile(name: str, kind: str, index: int, chance: random.Random) -> str:
    base = BASES[index % len(BASES)]
    alpine = "alpine" in base
    packages = " ".join(chance.sample(["curl", "git", "libpq-dev", "gcc", "tini", "ca-certificates"], 3))
    install = f"apk add --no-cache {packages}" if alpine else f"apt-get update && apt-get install -y --no-install-recommends {packages} && rm -rf /var/lib/apt/lists/*"
    command = {
        "api": f'["uvicorn", "{name}.main:app", "--host", "0.0.0.0", "--port", "{8000 + index % 50}"]',
        "worker": f'["celery", "-A", "{name}.tasks", "worker", "--loglevel", "info", "--concurrency", "4"]',
        "job": f'["python", "-m", "{name}.tasks"]',
        "dev": f"uvicorn {name}.main:app --reload --host 0.0.0.0",
    }[kind]
    user = "USER app\n" if chance.random() < 0.6 else ""
    account = "RUN adduser -D -u 10001 app\n" if alpine else "RUN useradd --create-home --uid 10001 app\n"
    health = f'HEALTHCHECK --interval=30s --timeout=3s CMD curl -fsS http://localhost:{8000 + index % 50}/health || exit 1\n' if kind == "api" and chance.random() < 0.5 else ""
    return (
        f"# {kind} image of {name}\nFROM {base} AS build\nWORKDIR /src\nENV PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1\n"
        f"RUN {install}\nCOPY requirements.txt .\nRUN pip install --prefix /install -r requirements.txt\n\n"
        f"FROM {base}\nWORKDIR /app\nENV PYTHONUNBUFFERED=1 LOG_LEVEL=info APP_NAME={name}\n{account}"
        f"COPY --from=build /install /usr/local\nCOPY {name} ./{name}\nEXPOSE {8000 + index % 50}\n{user}{health}CMD {command}\n"
    )


def compose(index: int, names: list[str], chance: random.Random) -> str:
    parts = [f"name: stack{index:02}\n\nservices:\n"]
    for name in names:
        parts.append(compose_service(name, index, chance))
    for store, (image, port, data) in STORES.items():
        published = f'    ports: ["{port}:{port}"]\n' if chance.random() < 0.3 else ""
        parts.append(f"  {store}:\n    image: {image}\n    restart: unless-stopped\n    volumes: [{store}-data:{data}]\n{published}")
        parts.append("    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it}\n" if store == "db" else "")
    parts.append("\nnetworks:\n  inner: {}\n\nvolumes:\n" + "".join(f"  {store}-data: {{}}\n" for store in STORES))
    return "".join(parts)


def compose_service(name: str, index: int, chance: random.Random) -> str:
    limits = "    deploy:\n      resources:\n        limits: {cpus: '1.0', memory: 512M}\n" if chance.random() < 0.5 else ""
    health = "    healthcheck:\n      test: [CMD, curl, -fsS, http://localhost:8000/health]\n      interval: 30s\n      timeout: 3s\n      retries: 3\n" if chance.random() < 0.5 else ""
    return (
        f"  {name.replace('_', '-')}:\n    build: {{context: ../../services/{name}, dockerfile: Dockerfile.api}}\n    restart: unless-stopped\n"
        f'    ports: ["127.0.0.1:{20000 + index * 100 + chance.randrange(100)}:8000"]\n'
        f"    environment:\n      DATABASE_URL: postgresql+psycopg://app:${{DB_PASSWORD}}@db:5432/{name}\n      REDIS_URL: redis://cache:6379/0\n"
        f"      BROKER_URL: amqp://queue:5672//\n      LOG_LEVEL: info\n    depends_on:\n      db: {{condition: service_started}}\n      cache: {{condition: service_started}}\n"
        f"    networks: [inner, default]\n{limits}{health}"
    )


def main_module(name: str, chance: random.Random) -> str:
    noun = name.split("_")[0]
    parts = [
        f'"""HTTP interface of {name}."""\n\nimport logging\nfrom typing import Annotated\n\nfrom fastapi import Depends, FastAPI, HTTPException, Query\n'
        f"from pydantic import BaseModel\n\nfrom {name} import models, service\nfrom {name}.config import settings\n\n"
        f'logger = logging.getLogger(__name__)\napp = FastAPI(title="{name}")\n\n\nclass {noun.title()}In(BaseModel):\n'
        + "".join(f"    {field}: str\n" for field in chance.sample(FIELDS, 6))
        + f'\n\ndef current_user(token: Annotated[str, Query()] = "") -> str:\n    if token != settings.api_token:\n        raise HTTPException(401, "who are you?")\n    return token\n'
        '\n\n@app.get("/health")\nasync def health() -> dict[str, str]:\n    await service.ping()\n    return {"state": "ok"}\n'
    ]
    for verb in chance.sample(VERBS, 8):
        guard = ", user: Annotated[str, Depends(current_user)]" if chance.random() < 0.6 else ""
        parts.append(
            f'\n\n@app.post("/{noun}s/{{key}}/{verb}")\nasync def {verb}_{noun}(key: int, body: {noun.title()}In{guard}) -> dict[str, object]:\n'
            f'    """Answers a request to {verb} one {noun}."""\n    found = await service.{verb}(key, body.model_dump())\n    if found is None:\n'
            f'        logger.warning("no {noun} %s to {verb}", key)\n        raise HTTPException(404, "no such {noun}")\n'
            f'    logger.info("{verb} {noun} %s: %s", key, found.state)\n    return {{"key": key, "state": found.state, "kind": models.KIND}}\n'
        )
    return "".join(parts)


def config_module(name: str, chance: random.Random) -> str:
    fields = "".join(f'    {field}_{suffix}: str = "{field}"\n' for field in chance.sample(FIELDS, 8) for suffix in ("prefix", "topic"))
    return (
        f'"""Settings of {name}, from the environment."""\n\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    database_url: str\n'
        f'    redis_url: str = "redis://localhost:6379/0"\n    broker_url: str = "amqp://localhost//"\n    api_token: str\n    timeout: float = 5.0\n{fields}\n\nsettings = Settings()\n'
    )


def models_module(name: str, chance: random.Random) -> str:
    parts = [
        f'"""Tables of {name}."""\n\nfrom datetime import datetime\n\nfrom sqlalchemy import DateTime, ForeignKey, Numeric, String, create_engine, func\n'
        "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker\n\n"
        f'from {name}.config import settings\n\nKIND = "{name}"\nengine = create_engine(settings.database_url, pool_size=10, max_overflow=5, pool_pre_ping=True)\nSession = sessionmaker(engine)\n\n\n'
        "class Base(DeclarativeBase):\n    pass\n"
    ]
    for number, noun in enumerate(chance.sample(NOUNS, 7)):
        columns = "".join(f"    {field}: Mapped[str] = mapped_column(String(80))\n" for field in chance.sample(FIELDS, 7))
        parts.append(
            f'\n\nclass {noun.title()}(Base):\n    """One {noun} as it is stored."""\n\n    __tablename__ = "{noun}"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n{columns}'
            f"    total: Mapped[float] = mapped_column(Numeric(12, 2), default=0)\n    made_at: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())\n"
            + (f'    parent_id: Mapped[int | None] = mapped_column(ForeignKey("{previous}.id"))\n    parent: Mapped["{previous.title()} | None"] = relationship()\n' if number else "")
            + f'\n    def label(self) -> str:\n        return f"{noun} {{self.id}}"\n'
        )
        previous = noun
    return "".join(parts)


def service_module(name: str, chance: random.Random) -> str:
    parts = [
        f'"""What {name} does."""\n\nfrom __future__ import annotations\n\nimport asyncio\nimport json\nimport logging\nfrom dataclasses import dataclass\n\nimport httpx\nimport redis.asyncio as redis\nfrom sqlalchemy import select, text\n\n'
        f"from {name} import models\nfrom {name}.config import settings\n\nlogger = logging.getLogger(__name__)\nclient = httpx.AsyncClient(timeout=settings.timeout)\ncache = redis.from_url(settings.redis_url)\n\n\n"
        "@dataclass\nclass Result:\n    key: int\n    state: str\n    values: dict[str, str]\n\n\nasync def ping() -> None:\n    with models.Session() as session:\n        session.execute(text(\"select 1\"))\n    await cache.ping()\n"
    ]
    for verb in VERBS:
        field, other = chance.sample(FIELDS, 2)
        parts.append(
            f'\n\nasync def {verb}(key: int, values: dict[str, str]) -> Result | None:\n    """Does {verb} for the row with this key, and tells its neighbours."""\n    known = await cache.get(f"{name}:{verb}:{{key}}")\n'
            f'    if known is not None:\n        return Result(key, "known", json.loads(known))\n    try:\n        answer = await client.post(f"http://{field}-service:8000/{verb}/{{key}}", json=values)\n        answer.raise_for_status()\n'
            f'    except httpx.HTTPError as error:\n        logger.error("{verb} of %s failed: %s", key, error)\n        return None\n    found = {{name: str(value) for name, value in answer.json().items() if name != "{other}"}}\n'
            f'    total = sum(len(value) for value in found.values())\n    if total > {chance.randrange(100, 900)}:\n        await asyncio.sleep(0.{chance.randrange(1, 9)})\n        logger.info("large answer for %s: %s", key, total)\n'
            f'    await cache.set(f"{name}:{verb}:{{key}}", json.dumps(found), ex={chance.randrange(60, 3600)})\n    return Result(key, found.get("{field}", "new"), found)\n'
        )
    return "".join(parts)


def tasks_module(name: str, chance: random.Random) -> str:
    parts = [f'"""Background work of {name}."""\n\nimport logging\n\nfrom celery import Celery\nfrom sqlalchemy import select\n\nfrom {name} import models\nfrom {name}.config import settings\n\nlogger = logging.getLogger(__name__)\napp = Celery("{name}", broker=settings.broker_url)\n']
    for verb in chance.sample(VERBS, 10):
        retry = "autoretry_for=(OSError,), retry_backoff=True, " if chance.random() < 0.5 else ""
        parts.append(
            f'\n\n@app.task({retry}time_limit={chance.randrange(30, 600)})\ndef {verb}_all(limit: int = {chance.randrange(10, 500)}) -> int:\n    """Runs over what is left to {verb}."""\n    done = 0\n    with models.Session() as session:\n'
            f"        table = next(iter(models.Base.metadata.tables.values()))\n        for row in session.execute(select(table).limit(limit)):\n            try:\n                logger.debug(\"{verb} %s\", row.id)\n                done += 1\n            except ValueError:\n"
            f'                logger.exception("{verb} of %s failed", row.id)\n    return done\n'
        )
    return "".join(parts) + '\n\nif __name__ == "__main__":\n    app.start()\n'


def tests_module(name: str, chance: random.Random) -> str:
    noun = name.split("_")[0]
    parts = [f'"""What {name} answers."""\n\nfrom fastapi.testclient import TestClient\n\nfrom {name}.main import app\n\nclient = TestClient(app)\n\n\ndef test_health():\n    assert client.get("/health").status_code == 200\n']
    for verb in chance.sample(VERBS, 8):
        parts.append(f'\n\ndef test_{verb}_needs_a_body():\n    answer = client.post("/{noun}s/1/{verb}", json={{}})\n    assert answer.status_code in (404, 405, 422)\n    assert "detail" in answer.json()\n')
    return "".join(parts)


if __name__ == "__main__":
    main()
