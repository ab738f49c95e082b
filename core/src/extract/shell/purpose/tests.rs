use super::*;

fn of(text: &str) -> Option<&'static str> {
    shell::parse(text).commands.first().and_then(purpose)
}

#[test]
fn tools_are_known_behind_their_wrappers() {
    for (text, expected) in [
        ("uv run --frozen pytest -q", "test"),
        ("python3 -m pytest tests", "test"),
        ("coverage run -m pytest", "test"),
        ("docker compose -f a.yml exec -T api python manage.py migrate", "migrate"),
        ("docker compose run --rm api alembic -c x.ini upgrade head", "migrate"),
        ("docker exec -i db pg_dump -U app app", "dump"),
        ("docker-compose --profile x up -d", "deploy"),
        ("npm run test:unit", "test"),
        ("npm run type-check", "typecheck"),
        ("sudo systemctl restart api", "deploy"),
        ("bash -c 'cd x && ruff check .'", "lint"),
        ("celery -A app worker", "worker"),
        ("celery -A app beat", "scheduler"),
        ("python -m app.worker", "worker"),
        ("python main.py", "server"),
        ("exec gunicorn app:app", "server"),
        ("run_trivy_fs . --scanners vuln", "audit"),
        ("run_trivy_fs . --scanners secret", "secret_scan"),
        ("docker run --rm -v .:/src aquasec/trivy:0.58.0 fs /src", "audit"),
        ("docker run --rm zricethezav/gitleaks detect", "secret_scan"),
        ("curl -fsS http://localhost:8000/health", "probe"),
        ("./scripts/backup.sh", "dump"),
        ("make lint", "lint"),
        ("vercel --prod", "deploy"),
        ("nginx -g \"daemon off;\"", "server"),
        ("kubectl rollout undo deployment/api -n shop", "deploy"),
        ("kubectl rollout status deployment/api", "probe"),
        ("kubectl run dump --image=postgres:16 --rm -i -- pg_dump -h db app", "dump"),
    ] {
        assert_eq!(of(text), Some(expected), "{text}");
    }
}

#[test]
fn other_commands_have_no_purpose() {
    for text in [
        "git push origin main",
        "docker login",
        "cd x",
        "curl -o f https://example.org/x.tgz",
        "$CMD up",
        "alembic revision",
        "command -v migrate",
        "nginx -s reload",
        "vercel domains add shop.example.org",
    ] {
        assert_eq!(of(text), None, "{text}");
    }
}
