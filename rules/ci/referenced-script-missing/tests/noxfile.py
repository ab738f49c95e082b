import nox


@nox.session
def lint(session):
    session.run("ruff", "check", ".")


@nox.session(name="type-check")
def types(session):
    session.run("mypy", ".")
