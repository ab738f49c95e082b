import asyncio
import os
import pickle
import re
import subprocess
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import httpx
import jinja2
import requests
from fastapi import Depends, FastAPI
from fastapi.responses import RedirectResponse
from flask import redirect, request, send_file
from sqlalchemy import select, text

app = FastAPI()
BASE = Path("/srv/files").resolve()
COMMANDS = {"disk": ["df", "-h"]}


@app.post("/run")
async def run(body: RunRequest, name: str, count: int, db=Depends(get_db)):
    # ruleid: command-injection-from-request
    await asyncio.create_subprocess_shell(f"report {body.query}")
    command = "backup " + name
    # ruleid: command-injection-from-request
    os.system(command)
    # ruleid: command-injection-from-request
    subprocess.run([body.program, "--version"])
    # ok: command-injection-from-request
    subprocess.run(["git", "log", name])
    # ok: command-injection-from-request
    os.system(f"head -n {count} /var/log/app.log")
    # ok: command-injection-from-request
    subprocess.run(COMMANDS[name])
    # ok: command-injection-from-request
    os.system(f"tail {db.path}")


@app.get("/tools/{tool}")
def tool(tool: str):
    if tool not in {"disk", "memory"}:
        raise ValueError(tool)
    # ok: command-injection-from-request
    return os.popen(f"show-{tool}").read()


def flask_view():
    # ruleid: command-injection-from-request
    subprocess.run("ping " + request.args["host"], shell=True)
    # ruleid: code-from-request
    eval(request.form.get("formula"))
    # ruleid: deserialization-from-request
    pickle.loads(request.get_data())
    # ruleid: template-from-request
    jinja2.Template(request.values["text"]).render()
    # ok: template-from-request
    Cursor.from_string(request.args["cursor"])
    # ok: template-from-request
    return jinja2.Template("Hello {{ name }}").render(name=request.values["name"])


@app.websocket("/calculate")
async def calculate(socket: WebSocket):
    # ruleid: code-from-request
    return eval(await socket.receive_text())


@app.get("/files/{name:path}")
def download(name: str, key: uuid.UUID):
    # ruleid: path-traversal-from-request
    with open(os.path.join("/srv/files", name)) as handle:
        handle.read()
    # ruleid: path-traversal-from-request
    (BASE / name).read_text()
    # ok: path-traversal-from-request
    open(f"/srv/files/{key}")
    # ok: path-traversal-from-request
    open(os.path.join("/srv/files", os.path.basename(name)))
    path = (BASE / name).resolve()
    if not path.is_relative_to(BASE):
        raise ValueError(name)
    # ok: path-traversal-from-request
    return path.read_text()


@app.get("/rows/{identifier}")
def row(identifier: str, db=Depends(get_db)):
    found = db.get_document(identifier)
    # ok: path-traversal-from-request
    return send_file(found.path)


def main(argv):
    # ok: command-injection-from-request
    os.system("make " + argv[1])


@app.get("/orders")
async def orders(status: str, names: list[str], page: int, db=Depends(get_db)):
    # ruleid: sql-from-request
    await db.execute(f"SELECT * FROM orders WHERE status = '{status}'")
    statement = "SELECT * FROM orders WHERE status = '%s'" % status
    # ruleid: sql-from-request
    db.execute(text(statement))
    # ruleid: sql-from-request
    prepared = text(f"SELECT time_bucket('{status}', created) FROM orders")
    # ok: sql-from-request
    db.execute(prepared, {"x": 1})
    stored = (
        insert(Order)
        .values(status=status)
        .on_conflict_do_update(index_elements=["id"], set_={"status": status})
    )
    # ok: sql-from-request
    db.execute(stored)
    # ok: sql-from-request
    db.execute("SELECT * FROM orders WHERE status = %s", (status,))
    # ok: sql-from-request
    db.execute(select(Order).where(Order.name.in_(names)).order_by(Order.id))
    # ok: sql-from-request
    return db.execute(f"SELECT * FROM orders OFFSET {page * 20}")


@app.post("/preview")
async def preview(body: PreviewRequest, path: str, key: str, client: httpx.AsyncClient):
    # ruleid: ssrf-from-request
    requests.get(body.url, timeout=5)
    target = f"https://{body.host}/status"
    # ruleid: ssrf-from-request
    await client.get(target)
    # ok: ssrf-from-request
    requests.get(f"https://api.example.com/{path}", timeout=5)
    # ok: ssrf-from-request
    await client.get(f"{settings.API_URL}/items/{path}")
    # ok: ssrf-from-request
    await client.get(API_URL + path)
    # ok: ssrf-from-request
    await redis_client.get(key)
    # ok: ssrf-from-request
    requests.get("https://api.example.com/search", params={"q": path}, timeout=5)
    if body.host not in ALLOWED_HOSTS:
        raise ValueError(body.host)
    # ok: ssrf-from-request
    return requests.post(f"https://{body.host}/hook", json={}, timeout=5)


@app.get("/login")
def login(next: str, state: str):
    # ruleid: open-redirect-from-request
    response = RedirectResponse(url=next)
    # ok: open-redirect-from-request
    RedirectResponse(f"/home?state={state}")
    # ok: open-redirect-from-request
    RedirectResponse(f"{settings.frontend_url}/done?state={state}")
    return response


def leave():
    target = request.args.get("next", "/")
    # ruleid: open-redirect-from-request
    redirect(target)
    if not url_has_allowed_host_and_scheme(url=target, allowed_hosts={request.host}):
        target = "/"
    # ok: open-redirect-from-request
    return redirect(target)


def feed():
    # ruleid: xml-from-request
    ElementTree.fromstring(request.data)
    # ok: xml-from-request
    ElementTree.parse("catalogue.xml")


NESTED = re.compile(r"^(\w+)*$")


def search():
    term = request.args["q"]
    # ruleid: regex-backtracking
    re.match(r"(a+)+$", term)
    # ruleid: regex-backtracking
    NESTED.match(term)
    # ok: regex-backtracking
    re.match(r"^[a-z]+$", term)
    # ok: regex-backtracking
    NESTED.match(term[:64])
    # ok: regex-backtracking
    return NESTED.match("constant text")


@app.route("/login")
def after_login():
    if is_safe_url(request.args.get("next")):
        # ok: open-redirect-from-request
        return redirect(request.args.get("next"))
    # ruleid: open-redirect-from-request
    return redirect(request.args.get("next"))


@app.route("/search")
def with_query():
    url = fixed_page()
    for key in request.args:
        url += f"&{key}={request.args[key]}"
    # ok: open-redirect-from-request
    return redirect(url)


@app.route("/suffix")
def with_suffix():
    # ok: open-redirect-from-request
    return redirect(fixed_page() + "?" + request.args.get("query"))


@app.route("/host")
def to_host():
    # ruleid: open-redirect-from-request
    return redirect("https://" + request.args.get("host"))


@app.route("/export")
def export():
    output = dump_csv(request.args.get("table"))
    # ok: path-traversal-from-request
    return send_file(output, download_name="table.csv")


@app.route("/download")
def download():
    path = os.path.join(FOLDER, request.args.get("name"))
    # ruleid: path-traversal-from-request
    return send_file(path, download_name="file.bin")
