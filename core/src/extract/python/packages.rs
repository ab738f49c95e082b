//! Which packages treeward knows something about: only calls of these become facts. As of 2026-11.

use super::words::Words;

/// Packages from the registry, sorted.
#[rustfmt::skip]
static KNOWN: Words = Words::new(&[
    "MySQLdb", "aio_pika", "aioboto3", "aiobreaker", "aiocache", "aiogram", "aiohttp", "aiokafka", "aiolimiter",
    "aiomysql", "aioredis", "aiosqlite", "alembic", "anthropic", "anyio", "apscheduler", "argon2", "arq",
    "asgi_correlation_id", "asyncpg", "authlib", "backoff", "bcrypt", "beanie", "boto3", "botocore", "cachetools",
    "cassandra", "celery", "chromadb", "circuitbreaker", "cohere", "confluent_kafka", "cryptography", "databases",
    "datadog", "ddtrace", "decouple", "discord", "diskcache", "django", "django_ratelimit", "docker", "dotenv",
    "dramatiq", "dynaconf", "elasticsearch", "environ", "fabric", "factory", "faiss", "fastapi", "fastapi_cache",
    "fastapi_csrf_protect", "fastapi_limiter", "fastapi_users", "flask", "flask_caching", "flask_cors",
    "flask_httpauth", "flask_jwt_extended", "flask_limiter", "flask_login", "flask_restful", "flask_restx",
    "flask_sqlalchemy", "flask_talisman", "flask_wtf", "google", "gradio", "granian", "graphene", "groq", "grpc",
    "gunicorn", "httpx", "huey", "hvac", "hypercorn", "influxdb_client", "itsdangerous", "joblib", "jose",
    "json_log_formatter", "jsonschema", "jwt", "kafka", "kombu", "kubernetes", "langchain", "langchain_anthropic",
    "langchain_community", "langchain_core", "langchain_openai", "langfuse", "limits", "litellm", "litestar",
    "locust", "loguru", "marshmallow", "milvus", "minio", "mistralai", "mongoengine", "moto", "motor", "mysql",
    "nats", "neo4j", "ollama", "openai", "opensearchpy", "opentelemetry", "paramiko", "passlib", "peewee", "pika",
    "pinecone", "prometheus_client", "prometheus_fastapi_instrumentator", "prometheus_flask_exporter",
    "psycopg", "psycopg2", "psycopg_pool", "purgatory", "pwdlib", "pybreaker", "pydantic_settings", "pymilvus",
    "pymongo", "pymysql", "pytest", "pythonjsonlogger", "qdrant_client", "quart", "ratelimit", "redis", "requests",
    "responses", "respx", "rest_framework", "retrying", "rq", "sanic", "schedule", "schemathesis", "secure",
    "sendgrid", "sentence_transformers", "sentry_sdk", "slack_sdk", "slowapi", "socketio", "sqlalchemy", "sqlmodel",
    "stamina", "starlette", "starlette_exporter", "statsd", "strawberry", "streamlit", "stripe", "structlog",
    "telegram", "tenacity", "testcontainers", "tornado", "tortoise", "transformers", "twilio", "urllib3", "uvicorn",
    "vcr", "waitress", "weaviate", "websockets", "werkzeug", "wsproto", "yaml",
]);

/// Modules of the standard library whose every call counts, sorted.
#[rustfmt::skip]
static STANDARD: Words = Words::new(&[
    "asyncio", "concurrent", "contextvars", "hashlib", "hmac", "http", "logging", "marshal", "multiprocessing",
    "pickle", "pty", "secrets", "shelve", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl",
    "subprocess", "tempfile", "threading", "urllib", "wsgiref", "xmlrpc",
]);

/// Single functions of the standard library and the language, sorted.
#[rustfmt::skip]
static FUNCTIONS: Words = Words::new(&[
    "__import__", "compile", "datetime.datetime.utcfromtimestamp", "datetime.datetime.utcnow", "eval", "exec",
    "functools.cache", "functools.lru_cache", "importlib.import_module", "input", "min", "open", "os._exit", "os.chmod", "os.execl", "os.execv", "os.execve", "os.execvp", "os.fork", "os.kill",
    "os.popen", "os.spawnl", "os.spawnv", "os.system", "os.umask", "pandas.read_sql", "pandas.read_sql_query", "print",
    "random.choice", "random.choices", "random.randint", "random.random", "sys.exit", "time.sleep",
]);

/// Methods that matter though the type of their receiver is not known, sorted.
#[rustfmt::skip]
static METHODS_ANYWHERE: Words = Words::new(&[
    "acquire", "add_api_route", "add_middleware", "ainvoke", "apply_async", "checkpw", "construct_event", "cursor",
    "delay", "drop_all", "execute", "executemany", "executescript", "fetchall", "fetchrow", "fetchval",
    "getconn", "include_router", "invoke", "read_sql", "register_blueprint", "scalars", "send_task", "setex",
    "truncate",
]);

/// Methods that matter on something that another module of the tree defines, sorted.
#[rustfmt::skip]
static METHODS_OF_OTHERS: Words = Words::new(&[
    "add_api_route", "add_middleware", "add_task", "allow_request", "apply_async", "begin", "call", "connect",
    "create", "cursor", "delay", "delete", "drop_all", "execute", "exempt", "expire", "fetch", "fetchrow", "generate", "get",
    "getconn", "hset", "inc", "include_router", "init_app", "instrument", "invoke", "limit", "mount", "mset",
    "observe", "options", "patch", "post", "put", "query", "register_blueprint", "request", "route", "scalars",
    "scroll", "search", "send_task", "session", "set", "setex", "task", "upsert", "websocket",
]);

/// Functions that make accounts or tables or hash passwords, wherever they are defined, sorted.
#[rustfmt::skip]
static ACCOUNTS: Words = Words::new(&[
    "create_all", "create_superuser", "create_user", "get_password_hash", "hash_password", "make_password", "set_password",
]);

/// How far a call interests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interest {
    /// It becomes a fact.
    Known,
    /// It does if the link step finds that its receiver is an instance of a known package.
    Perhaps,
    /// It does not.
    None,
}

/// Whether calls of `callee` become facts. A leading dot, or a package that is not listed, may be of the tree.
pub(super) fn interest(callee: &str) -> Interest {
    let (package, last) = (first_part(callee), last_part(callee));
    if ACCOUNTS.contains(last) {
        return Interest::Known;
    }
    if package == "?" {
        return interest_anywhere(last);
    }
    if is_known_package(package) || STANDARD.contains(package) || FUNCTIONS.contains(callee) {
        return Interest::Known;
    }
    let has_more = callee.len() > package.len() + 1;
    if has_more && METHODS_OF_OTHERS.contains(last) { Interest::Perhaps } else { Interest::None }
}

/// Whether calls of a method become facts though nothing is known of its receiver.
pub(super) fn interest_anywhere(method: &str) -> Interest {
    match METHODS_ANYWHERE.contains(method) || ACCOUNTS.contains(method) {
        true => Interest::Known,
        false => Interest::None,
    }
}

/// What stands before the first dot of a name; all of it without one.
pub(super) fn first_part(name: &str) -> &str {
    name.bytes().position(|byte| byte == b'.').map_or(name, |dot| &name[..dot])
}

/// What stands behind the last dot of a name; all of it without one.
pub(super) fn last_part(name: &str) -> &str {
    name.bytes().rposition(|byte| byte == b'.').map_or(name, |dot| &name[dot + 1..])
}

/// Whether a registry package is listed.
pub(super) fn is_known_package(package: &str) -> bool {
    KNOWN.contains(package) || package.starts_with("langchain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [&KNOWN, &STANDARD, &FUNCTIONS, &METHODS_ANYWHERE, &METHODS_OF_OTHERS, &ACCOUNTS].map(Words::all) {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
        }
    }
}
