//! Which packages treeward knows something about: only calls of these become facts. As of 2026-11.

/// Packages from the registry, sorted.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
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
];

/// Modules of the standard library whose every call counts, sorted.
#[rustfmt::skip]
const STANDARD: &[&str] = &[
    "asyncio", "concurrent", "contextvars", "hashlib", "hmac", "http", "logging", "marshal", "multiprocessing",
    "pickle", "pty", "secrets", "shelve", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl",
    "subprocess", "tempfile", "threading", "urllib", "wsgiref", "xmlrpc",
];

/// Single functions of the standard library and the language, sorted.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "__import__", "compile", "datetime.datetime.utcfromtimestamp", "datetime.datetime.utcnow", "eval", "exec",
    "functools.cache", "functools.lru_cache", "importlib.import_module", "input", "min", "open", "os._exit", "os.chmod", "os.execl", "os.execv", "os.execve", "os.execvp", "os.fork", "os.kill",
    "os.popen", "os.spawnl", "os.spawnv", "os.system", "os.umask", "pandas.read_sql", "pandas.read_sql_query", "print",
    "random.choice", "random.choices", "random.randint", "random.random", "sys.exit", "time.sleep",
];

/// Methods that matter though the type of their receiver is not known, sorted.
#[rustfmt::skip]
const METHODS_ANYWHERE: &[&str] = &[
    "acquire", "add_api_route", "add_middleware", "ainvoke", "apply_async", "checkpw", "construct_event", "cursor",
    "delay", "drop_all", "execute", "executemany", "executescript", "fetchall", "fetchrow", "fetchval",
    "getconn", "include_router", "invoke", "read_sql", "register_blueprint", "scalars", "send_task", "setex",
    "truncate",
];

/// Methods that matter on something that another module of the tree defines, sorted.
#[rustfmt::skip]
const METHODS_OF_OTHERS: &[&str] = &[
    "add_api_route", "add_middleware", "add_task", "allow_request", "apply_async", "begin", "call", "connect",
    "create", "cursor", "delay", "delete", "drop_all", "execute", "exempt", "expire", "fetch", "fetchrow", "generate", "get",
    "getconn", "hset", "inc", "include_router", "init_app", "instrument", "invoke", "limit", "mount", "mset",
    "observe", "options", "patch", "post", "put", "query", "register_blueprint", "request", "route", "scalars",
    "scroll", "search", "send_task", "session", "set", "setex", "task", "upsert", "websocket",
];

/// Functions that make accounts or hash passwords, wherever they are defined.
#[rustfmt::skip]
const ACCOUNTS: &[&str] = &[
    "create_superuser", "create_user", "get_password_hash", "hash_password", "make_password", "set_password",
];

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
    let (package, rest) = callee.split_once('.').unwrap_or((callee, ""));
    let last = callee.rsplit('.').next().unwrap_or(callee);
    if ACCOUNTS.contains(&last) {
        return Interest::Known;
    }
    if package == "?" {
        return if METHODS_ANYWHERE.contains(&last) { Interest::Known } else { Interest::None };
    }
    if is_known_package(package) || STANDARD.binary_search(&package).is_ok() || is_function(callee) {
        return Interest::Known;
    }
    if !rest.is_empty() && METHODS_OF_OTHERS.binary_search(&last).is_ok() { Interest::Perhaps } else { Interest::None }
}

/// Whether a registry package is listed.
pub(super) fn is_known_package(package: &str) -> bool {
    KNOWN.binary_search(&package).is_ok() || package.starts_with("langchain")
}

fn is_function(callee: &str) -> bool {
    FUNCTIONS.binary_search(&callee).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [KNOWN, STANDARD, FUNCTIONS, METHODS_OF_OTHERS] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
        }
    }
}
