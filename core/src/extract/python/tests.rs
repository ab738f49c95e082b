//! Facts of small services, as snapshots, and input that is wrong on purpose.

use std::sync::Arc;

use super::*;
use crate::facts::Wanted;
use crate::source::{Text, Texts};

/// The facts of a tree of Python files, in which `tables` are shown.
fn facts(files: &[(&str, &str)], tables: &[&str]) -> String {
    let texts = files.iter().map(|(path, text)| Text::new((*path).to_owned(), Artifact::Python, Some((*text).into())));
    let texts = Texts::new(texts.collect());
    let wanted = Wanted::all();
    let mut lines = Vec::new();
    let mut models: Vec<(FileId, Model)> = Vec::new();
    for (at, (path, text)) in files.iter().enumerate() {
        let id = FileId(at as u32);
        let file = SourceFile::new(id, path, Artifact::Python, text);
        let mut set = FactSet::for_file(id, wanted.clone(), Arc::default());
        if let Some(model) = Python.extract(&file, &mut set) {
            models.push((id, model));
        }
        lines.push(set.dump(&texts));
    }
    let index: Vec<(String, Artifact)> = files.iter().map(|(path, _)| ((*path).to_owned(), Artifact::Python)).collect();
    let mut set = FactSet::for_link(0, wanted, Arc::default());
    Python.link(&models, &TreeIndex::new(&index, []), &mut set);
    lines.push(set.dump(&texts));
    let all = lines.join("\n");
    let shown = all.lines().filter(|line| tables.iter().any(|table| line.starts_with(&format!("{table} @"))));
    shown.collect::<Vec<_>>().join("\n")
}

const MAIN: &str = r#"
import os
import uvicorn
from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from app.api import users
from app.core.config import settings
from app.core.auth import verify_token

app = FastAPI(title="demo")
origins = ["*"]
app.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True)
app.include_router(users.router, prefix=settings.API_PREFIX, dependencies=[Depends(verify_token)])


@app.get("/health")
async def health():
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.getenv("PORT", "8000")))
"#;

const CONFIG: &str = r#"
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")

    API_PREFIX: str = "/api/v1"
    database_url: str
    secret_key: str = "change-me"
    token_ttl: int = Field(900, env="TOKEN_TTL")
    redis_url: str | None = None


settings = Settings()
"#;

const AUTH: &str = r#"
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPBearer

bearer = HTTPBearer()


def verify_token(credentials=Depends(bearer)):
    if not credentials:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    return credentials
"#;

const USERS: &str = r#"
from typing import Annotated
from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from ..db import get_db, cache
from ..models import User

router = APIRouter(prefix="/users", tags=["users"])
SessionDep = Annotated[AsyncSession, Depends(get_db)]


@router.get("", response_model=list[dict])
async def list_users(session: SessionDep, limit: int = 50, page: int = Query(1, ge=1, le=100)):
    rows = await session.execute(select(User).limit(limit))
    cache.get("users")
    return rows.scalars().all()


@router.post("/{user_id}/ban")
async def ban(user_id: int, session: SessionDep):
    await session.execute(f"UPDATE users SET banned = true WHERE id = {user_id}")
"#;

const DB: &str = r#"
import redis
from sqlalchemy.ext.asyncio import create_async_engine, async_sessionmaker
from app.core.config import settings

engine = create_async_engine(settings.database_url, pool_size=5, connect_args={"timeout": 10, "ssl": settings.ssl})
Session = async_sessionmaker(engine)
cache = redis.Redis(host="redis", socket_timeout=2)


async def get_db():
    async with Session() as session:
        yield session
"#;

const MODELS: &str = r#"
from sqlalchemy import Column, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from .base import Base


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String(255), unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    orders = relationship("Order", lazy="selectin")
    __table_args__ = (Index("ix_users_team", "team_id", "email"),)
"#;

fn service() -> Vec<(&'static str, &'static str)> {
    vec![
        ("backend/app/__init__.py", ""),
        ("backend/app/api/__init__.py", ""),
        ("backend/app/api/users.py", USERS),
        ("backend/app/core/auth.py", AUTH),
        ("backend/app/core/config.py", CONFIG),
        ("backend/app/db.py", DB),
        ("backend/app/main.py", MAIN),
        ("backend/app/models.py", MODELS),
    ]
}

#[test]
fn routes_have_their_whole_path_and_every_guard() {
    insta::assert_snapshot!(facts(&service(), &["python_route", "python_route_guard", "python_parameter"]));
}

#[test]
fn calls_are_named_by_what_their_receiver_is() {
    insta::assert_snapshot!(facts(&service(), &["python_call", "python_argument"]));
}

#[test]
fn settings_listeners_and_models() {
    insta::assert_snapshot!(facts(
        &service(),
        &["python_setting", "python_listener", "python_model", "python_column", "python_index", "python_relationship"]
    ));
}

#[test]
fn modules_imports_and_uses_are_joined() {
    insta::assert_snapshot!(facts(&service(), &["python_module", "python_import_edge", "python_use"]));
}

#[test]
fn a_metric_is_updated_where_any_module_updates_it() {
    let metrics = r#"
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily

REQUESTS = Counter("app_requests_total", "Requests", ["path"])
STATE = Gauge("state", "Breaker", namespace="breaker")
SECONDS = Histogram("seconds", "Seconds")


class Metrics:
    def __init__(self):
        self.queue = Gauge("queue_size", "Queue")

    def collect(self):
        yield GaugeMetricFamily("pool_size", "Pool", labels=["engine"])


metrics = Metrics()
"#;
    let user = r#"
from shared.metrics import REQUESTS, metrics
from shared import metrics as m


def handle(path):
    REQUESTS.labels(path).inc()
    metrics.queue.set(3)
    with m.SECONDS.time():
        pass
"#;
    insta::assert_snapshot!(facts(&[("shared/metrics.py", metrics), ("work.py", user)], &["python_metric"]));
}

#[test]
fn flask_and_django_routes() {
    let flask = r#"
from flask import Blueprint, Flask, jsonify
from flask_login import login_required

def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp, url_prefix="/api")
    app.add_url_rule("/ping", view_func=ping)
    return app

bp = Blueprint("bp", __name__)

@bp.route("/items/<int:item>", methods=["GET", "DELETE"])
@login_required
def item(item):
    return jsonify({})

def ping():
    return "pong"
"#;
    let urls = "from django.urls import path, include\nfrom . import views\nurlpatterns = [path('shop/', include('site_.shop.urls')), path('', views.home)]\n";
    let shop = "from django.urls import path\nfrom .views import Cart\nurlpatterns = [path('cart/<int:pk>/', Cart.as_view())]\n";
    let views = "class Cart:\n    pass\n";
    insta::assert_snapshot!(facts(
        &[
            ("site_/__init__.py", ""),
            ("site_/shop/__init__.py", ""),
            ("site_/shop/urls.py", shop),
            ("site_/shop/views.py", views),
            ("site_/urls.py", urls),
            ("site_/views.py", "def home(request):\n    return None\n"),
            ("web.py", flask),
        ],
        &["python_route", "python_route_guard"]
    ));
}

#[test]
fn methods_of_a_resource_are_routes_of_its_namespace() {
    let text = r#"
from flask import Blueprint, Flask
from flask_restx import Api, Namespace, Resource
from shop.guards import admins_only

api = Blueprint("api", __name__, url_prefix="/api/v1")
shop = Api(api)
users = Namespace("users")
shop.add_namespace(users, "/users")

@users.route("/<int:user>")
class User(Resource):
    @admins_only
    def delete(self, user):
        return {}

    def parse(self):
        return None

def create_app():
    app = Flask(__name__)
    app.register_blueprint(api)
    return app
"#;
    insta::assert_snapshot!(facts(&[("web.py", text)], &["python_route", "python_route_guard"]));
}

#[test]
fn a_router_that_a_function_is_given_an_application_for_is_served() {
    let text = r#"
from fastapi import APIRouter, FastAPI

items = APIRouter()

@items.get("/items")
def read():
    return []

def configure(app):
    app.include_router(items, prefix="/api")

app = FastAPI()
configure(app)
"#;
    insta::assert_snapshot!(facts(&[("web.py", text)], &["python_route"]));
}

#[test]
fn routers_taken_in_a_loop_and_routes_of_annotated_factories_are_served() {
    let text = r#"
from fastapi import APIRouter, FastAPI
from shop import cart, pay

users = APIRouter()
admin = APIRouter()
orphan = APIRouter()
ROUTERS = [(users, "/users"), (admin, "/admin")]

@users.get("/me")
def me():
    return {}

@admin.get("/all")
def everybody():
    return []

@orphan.get("/nowhere")
def nowhere():
    return []

def make_items() -> APIRouter:
    items = APIRouter(prefix="/items")

    @items.get("/{item}")
    def item(item: int):
        return item

    return items

def create_app() -> FastAPI:
    app = FastAPI()
    for router, prefix in ROUTERS:
        app.include_router(router, prefix=prefix)
    for module in (cart, pay):
        app.include_router(module.router, prefix="/shop")
    app.include_router(make_items())

    @app.get("/health")
    def health():
        return "ok"

    return app

app = create_app()
"#;
    let part = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\ndef x():\n    return 1\n";
    insta::assert_snapshot!(facts(
        &[("shop/__init__.py", ""), ("shop/cart.py", part), ("shop/pay.py", part), ("web.py", text)],
        &["python_route"]
    ));
}

#[test]
fn a_function_that_includes_what_it_is_given_is_followed() {
    let text = r#"
from fastapi import APIRouter, FastAPI

users = APIRouter()
admin = APIRouter()
inner = FastAPI()

@users.get("/me")
def me():
    return {}

@admin.get("/all")
def everybody():
    return []

def make_inner() -> FastAPI:
    inner_app = FastAPI()

    @inner_app.get("/stats")
    def stats():
        return 1

    return inner_app

def create() -> FastAPI:
    app = FastAPI()
    part = make_inner()
    app.mount("/internal", part)
    return app

app = create()

def include_safely(router, prefix: str, tags: list):
    if router is not None:
        app.include_router(router, prefix=prefix, tags=tags)

include_safely(users, "/users", ["users"])
include_safely(router=admin, prefix=f"/{VERSION}/admin", tags=[])

@app.get("/health")
def health():
    return "ok"
"#;
    let far = "from fastapi import APIRouter\nfrom web import include_safely\nfar_router = APIRouter()\n@far_router.get('/x')\ndef x():\n    return 1\ninclude_safely(far_router, '/far', [])\n";
    insta::assert_snapshot!(facts(&[("far.py", far), ("web.py", text)], &["python_route"]));
}

#[test]
fn a_router_is_likely_served_where_only_the_run_knows_what_is_included() {
    let main = "import importlib\nfrom fastapi import FastAPI\napp = FastAPI()\nfor name in find():\n    module = importlib.import_module(name)\n    app.include_router(module.router, prefix='/api')\n";
    let part = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\ndef x():\n    return 1\n";
    let files = [("app/main.py", main), ("app/parts/x.py", part), ("other/y.py", part)];
    insta::assert_snapshot!(facts(&files, &["python_route"]));
}

#[test]
fn imports_tell_what_can_be_missing() {
    let text = r#"
import os, yaml
from typing import TYPE_CHECKING
try:
    import orjson
except ImportError:
    orjson = None
if TYPE_CHECKING:
    import pandas
def later():
    import torch
from .sibling import thing
from ...outside import nothing
"#;
    insta::assert_snapshot!(facts(&[("a/b.py", text), ("a/sibling.py", "thing = 1\n")], &["python_import"]));
}

#[test]
fn wrong_and_hostile_files_cost_only_themselves() {
    let deep = format!("x = {}1{}\n", "(".repeat(5000), ")".repeat(5000));
    let chain = format!("x = a{}\n", ".b()".repeat(100_000));
    let sum = format!("f({})\n", vec!["'a'"; 100_000].join(" + "));
    let lists: String = (1..9).map(|n| format!("l{n} = [{}]\n", vec![format!("l{}", n - 1); 60].join(","))).collect();
    let bomb = format!("import requests\nl0 = 'x'\n{lists}requests.get(l8)\n");
    let cycle = "import requests\na = b\nb = a\nclass A(A): pass\nfrom .x import *\na.get('/x')\nrequests.get(a)\n";
    let broken = "def f(:\n  @\nimport requests\nrequests.get(\n";
    let star = "from .x import *\nfrom .y import *\nfrom .b import *\n";
    let routers: String = (0..60).map(|n| format!("r{n} = APIRouter()\n")).collect();
    let nest: String = (0..3600).map(|n| format!("r{}.include_router(r{})\n", n / 60, n % 60)).collect();
    let nested = format!("from fastapi import APIRouter\n{routers}{nest}@r0.get('/x')\ndef x(): pass\n");
    for text in [&nested, &deep, &chain, &sum, &bomb, cycle, broken, "\u{0}\u{feff}", "class", star] {
        facts(&[("b.py", text), ("x.py", star), ("y.py", star)], &["python_call"]);
    }
}

#[test]
fn a_name_that_stands_for_itself_is_not_followed_for_ever() {
    let text = "from b import thing\n";
    let other = "from a import thing\nthing.run()\n";
    assert_eq!(facts(&[("a.py", text), ("b.py", other)], &["python_use"]), "");
}

#[test]
fn a_variable_that_is_read_under_a_condition_is_not_required() {
    let text = r#"
import os
from starlette.config import Config

config = Config(".env")
NAME = config("NAME")
A = os.environ["A"]
B = int(os.environ["B"]) if os.environ.get("B") else 1
if A:
    C = os.environ["C"]
"#;
    insta::assert_snapshot!(facts(&[("settings.py", text), ("settings.pyi", text)], &["python_setting"]));
}

#[test]
fn only_classes_of_settings_read_the_environment() {
    let text = r#"
from pydantic import BaseModel
from pydantic_settings import BaseSettings

class Settings(BaseModel):
    shown: str

class UserSettings(Settings):
    theme: str

class AppSettings(BaseSettings):
    host: str

class Service(AppSettings):
    port: int

class FromFiles(BaseSettings):
    region: str

    @classmethod
    def settings_customise_sources(cls, settings_cls, init_settings):
        return (init_settings,)
"#;
    insta::assert_snapshot!(facts(&[("settings.py", text)], &["python_setting"]));
}

#[test]
fn a_table_of_its_own_is_a_model() {
    let text = r#"
import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, MetaData, Table

metadata = MetaData()
history = Table(
    "interaction_history",
    metadata,
    Column("id", Integer, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), index=True),
    Index("ix_history", "user_id", "id"),
)
read = Table(name_of_table, metadata, autoload_with=engine)


def later():
    hidden = Table("hidden", metadata, Column("id", Integer))
"#;
    let shown = ["python_model", "python_column", "python_index"];
    insta::assert_snapshot!(facts(&[("tables.py", text)], &shown));
}

#[test]
fn entries_that_are_set_are_uses() {
    let text = r#"
sessions = {}
other = {}


def start(name, body):
    sessions[name] = body
    other = {}
    other[name] = body


def end(name):
    return sessions.pop(name)
"#;
    insta::assert_snapshot!(facts(&[("web.py", text)], &["python_use"]));
}

#[test]
fn words_for_tokens_are_stated_wherever_they_stand() {
    let text = r#"
def record(answer, log):
    log(answer.usage.total_tokens, prompt_tokens=answer["usage"]["prompt_tokens"])
    return {"tokens": max_tokens}
"#;
    insta::assert_snapshot!(facts(&[("llm.py", text)], &["python_token_count"]));
}

#[test]
fn routers_come_through_star_imports_and_lists_of_patterns_through_includes() {
    let files = [
        (
            "api/shared/core.py",
            "from fastapi import APIRouter, FastAPI\napp = FastAPI()\nrouter = APIRouter(prefix='/shared')\n",
        ),
        ("api/shared/__init__.py", "from api.shared.core import *\n"),
        ("api/items.py", "from api.shared import *\n@router.get('/items')\ndef items(): pass\n"),
        (
            "api/main.py",
            "from api.shared import *\nfrom prometheus_client import make_asgi_app\napp.include_router(router, prefix='/v1')\napp.mount('/metrics', make_asgi_app())\n",
        ),
        (
            "shop/urls.py",
            "from django.urls import path, re_path\nfrom . import views\nurlpatterns = [path('list/', views.index), re_path(r'^(?P<id>[0-9]+(x|y))/$', views.one)]\n",
        ),
        (
            "site/urls.py",
            "from django.urls import include, path\nfrom shop import urls as shop\napi = [path('a/', include('shop.urls'))]\nurlpatterns = [path('api/', include((api, 'n'))), path('b/', include(shop)), path('c/', include([path('d/', shop.x)])), path('', include('django_prometheus.urls'))]\n",
        ),
    ];
    let rows = facts(&files, &["python_route", "python_mount"]);
    let paths: std::collections::BTreeSet<&str> =
        rows.lines().filter_map(|row| row.split_once(" path=\"")?.1.split('"').next()).collect();
    let expected = ["/api/a/list/", "/api/a/{id}/", "/b/list/", "/b/{id}/", "/c/d/", "/metrics", "/v1/shared/items"];
    assert_eq!(paths, expected.into(), "{rows}");
    assert!(rows.contains("prometheus_client.make_asgi_app"), "{rows}");
}
