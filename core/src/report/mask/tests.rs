use super::*;
use proptest::prelude::*;

#[track_caller]
fn masks(medium: Medium, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(mask(text, medium), *expected);
    }
}

#[track_caller]
fn keeps(medium: Medium, texts: &[&str]) {
    for text in texts {
        assert_eq!(mask(text, medium), *text);
    }
}

#[test]
fn values_of_secret_names_in_data() {
    masks(
        Medium::Data,
        &[
            ("POSTGRES_PASSWORD: hunter2", "POSTGRES_PASSWORD: *******"),
            ("      - POSTGRES_PASSWORD=postgres123", "      - POSTGRES_PASSWORD=po*********"),
            ("JWT_SECRET_KEY=\"correct horse battery\"", "JWT_SECRET_KEY=\"corr*****************\""),
            ("password: 'p@ss, w0rd'", "password: 'p@********'"),
            ("{\"apiKey\": \"abcdefgh\", \"x\": 1}", "{\"apiKey\": \"ab******\", \"x\": 1}"),
            ("DATABASE_CREDENTIALS=dispatch:letmein99", "DATABASE_CREDENTIALS=dispatch:le*******"),
            ("admin_pass = s3cr3t!x", "admin_pass = s3******"),
            ("requirepass foobared", "requirepass fo******"),
            ("redis-server --requirepass foobared --port 1", "redis-server --requirepass fo****** --port 1"),
            (
                "[\"redis-server\", \"--requirepass\", \"foobared\"]",
                "[\"redis-server\", \"--requirepass\", \"fo******\"]",
            ),
            ("export TOKEN=abcd1234; run", "export TOKEN=ab******; run"),
            ("pw ${DB_PASSWORD:-letmein99}", "pw ${DB_PASSWORD:-le*******}"),
            ("pw ${DB_PASSWORD-letmein99}", "pw ${DB_PASSWORD-le*******}"),
            ("PASSWORD: ${DB_PW:-letmein99}", "PASSWORD: ${DB_PW:-le*******}"),
        ],
    );
}

#[test]
fn references_and_placeholders_stay() {
    keeps(
        Medium::Data,
        &[
            "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}",
            "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it in .env}",
            "POSTGRES_PASSWORD=$DB_PASSWORD",
            "write `${{POSTGRES_PASSWORD:?}}`",
            "credentials: true",
            "DATABASE_CREDENTIALS=${USER}:${PASSWORD}",
            "password: \"{{ vault_password }}\"",
            "password: <your password>",
            "PASSWORD=changeme",
            "API_KEY=your-api-key-here",
            "SECRET_KEY=xxxxxxxxxxxx",
            "POSTGRES_PASSWORD_FILE: /run/secrets/db",
            "password: /run/secrets/db",
            "token_url: https://auth.example.org/oauth/token",
            "max_tokens: 4096",
            "ACCESS_TOKEN_EXPIRE_MINUTES=30",
            "password:\n  min_length: 8",
            "TOKEN=",
            "secrets:\n  - db_password\n  - api_token",
            "PASSWORD: ${DB_PW:-changeme}",
            "${{ secrets.DEPLOY_TOKEN }}",
            "token: ${{ secrets.DEPLOY_TOKEN }}",
        ],
    );
}

#[test]
fn in_code_only_literals_are_values() {
    masks(
        Medium::Code,
        &[
            ("password = \"hunter22\"", "password = \"hu******\""),
            ("connect(host, password='hunter22')", "connect(host, password='hu******')"),
            ("os.environ[\"SECRET_KEY\"] = \"abcdefgh\"", "os.environ[\"SECRET_KEY\"] = \"ab******\""),
            ("SECRET: str = \"abcdefgh\"", "SECRET: str = \"ab******\""),
            ("os.getenv(\"SECRET_KEY\", \"dev-secret\")", "os.getenv(\"SECRET_KEY\", \"de********\")"),
            ("{\"password\": b\"hunter22\"}", "{\"password\": b\"hu******\"}"),
            ("if token == \"abcdefgh\":", "if token == \"ab******\":"),
        ],
    );
    keeps(
        Medium::Code,
        &[
            "password = get_password(user)",
            "token: str = Depends(oauth2)",
            "password=password",
            "secret = os.getenv(\"JWT_SECRET\")",
            "SECRET_KEY = settings.SECRET_KEY",
            "f\"{user}:{password}\"",
            "def login(token: Optional[str] = None):",
            "password = f\"{prefix}\"",
            "[\"password\", \"username\"]",
        ],
    );
}

#[test]
fn credentials_in_urls() {
    masks(
        Medium::Code,
        &[
            ("url = 'postgresql://app:s3cr3tpw@db:5432/app'", "url = 'postgresql://app:s3******@db:5432/app'"),
            ("redis://:foobared@cache:6379/0", "redis://:fo******@cache:6379/0"),
            ("amqp://u:p@ss@host", "amqp://u:****@host"),
        ],
    );
    keeps(
        Medium::Data,
        &[
            "postgresql://app:${DB_PASSWORD}@db/app",
            "http://localhost:8000/@me",
            "http://user:<password>@host",
            "git@host:a/b",
        ],
    );
    keeps(Medium::Code, &["f'postgresql://{user}:{password}@{host}/x'", "'postgresql://%s:%s@%s'"]);
}

#[test]
fn tokens_of_providers_and_keys() {
    let tokens = [
        format!("AKIA{}", "IOSFODNN7ABCDEFG"),
        format!("ghp_{}", "a1B2".repeat(9)),
        format!("glpat-{}", "a1B2c3D4e5F6g7H8i9J0"),
        format!("xoxb-{}", "123456789012-abcdefABCDEF"),
        format!("sk-proj-{}", "a1B2".repeat(8)),
        format!("sk_live_{}", "a1B2".repeat(8)),
        format!("AIza{}", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R"),
        format!("eyJhbGciOiJIUzI1NiJ9.{}.abc-DEF_123", "eyJzdWIiOiIxMjM0NTY3ODkwIn0"),
    ];
    for token in tokens {
        let masked = mask(&token, Medium::Prose).into_owned();
        assert!(masked[4..].chars().all(|c| c == '*'), "{masked}");
    }
    let pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----\nafter";
    let masked = mask(pem, Medium::Data).into_owned();
    assert!(!masked.contains("MIIEow") && !masked.contains("IBAAKC"), "{masked}");
    assert!(masked.ends_with("-----END RSA PRIVATE KEY-----\nafter") && masked.lines().count() == 5);
    assert!(!mask("-----BEGIN PRIVATE KEY-----\nMIIEow", Medium::Data).contains("MIIE\nMIIEow"));
    masks(Medium::Prose, &[("Authorization: Bearer abc123def456", "Authorization: Bearer ab**********")]);
}

#[test]
fn random_strings_are_hidden_and_public_ones_are_not() {
    let random = "x: q7Rt2LmZ9vKp4XwB8nYc3HdF6jSg";
    assert_eq!(mask(random, Medium::Data), "x: q7Rt************************");
    keeps(
        Medium::Data,
        &[
            "image: a@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683",
            "integrity: sha512-q7Rt2LmZ9vKp4XwB8nYc3HdF6jSgq7Rt2LmZ9vKp4XwB8nYc3HdF6jSg==",
            "id: 123e4567-e89b-12d3-a456-426614174000",
            "name: TestUserAuthenticationHandlerWithTimeout2024",
            "/usr/local/lib/python3.12/site-packages/some_package_name_v2",
        ],
    );
}

#[test]
fn prose_is_not_torn() {
    keeps(
        Medium::Prose,
        &[
            "The password: it must be rotated",
            "Secret: rotate it, token: drop it",
            "Basic authentication is on and the bearer token is checked",
            "set a password in `.env`",
            "variable `SECRET_KEY` of service `api`",
            "`API_KEY` of service `api_key`: without `API_KEY` the fallback counts",
        ],
    );
    masks(
        Medium::Prose,
        &[
            ("`POSTGRES_PASSWORD: hunter22` is weak", "`POSTGRES_PASSWORD: hu******` is weak"),
            ("PASSWORD=hunter22 is weak", "PASSWORD=hu****** is weak"),
        ],
    );
}

#[test]
fn names_that_hold_secrets() {
    for name in ["DB_PASSWORD", "apiKey", "JWT_SECRET", "spring.datasource.password", "SALT", "redis_pass"] {
        assert!(is_secret_name(name), "{name}");
    }
    for name in
        ["TOKEN_URL", "PASSWORD_FILE", "max_tokens", "compass", "passenger", "secretName", "HOST", "pass_through"]
    {
        assert!(!is_secret_name(name), "{name}");
    }
}

#[test]
fn a_secret_of_the_snippet_is_hidden_in_other_texts() {
    let secrets = |text: &str| mask_in_place(&mut text.to_owned(), Medium::Data);
    let mut message = "`hunter2x` is short".to_owned();
    hide(&mut message, &secrets("POSTGRES_PASSWORD: hunter2x"));
    assert_eq!(message, "`hu******` is short");
    assert!(secrets("POSTGRES_PASSWORD: postgres").is_empty(), "a plain word may mean something else");
}

proptest! {
    #[test]
    fn length_and_lines_are_kept_on_any_text(text in "(?s).{0,200}", code in any::<bool>()) {
        let medium = if code { Medium::Code } else { Medium::Data };
        let masked = mask(&text, medium);
        prop_assert_eq!(masked.chars().count(), text.chars().count());
        prop_assert_eq!(masked.lines().count(), text.lines().count());
    }

    #[test]
    fn no_assigned_secret_survives(secret in "[A-Za-z0-9]{5,30}[0-9]", name in "(DB_)?(PASSWORD|TOKEN|API_KEY|SECRET)") {
        let text = format!("{name}={secret}");
        prop_assume!(!placeholder::is_harmless(&secret));
        prop_assert!(!mask(&text, Medium::Data).contains(&secret));
        let quoted = format!("{name}: \"{secret}\"");
        prop_assert!(!mask(&quoted, Medium::Code).contains(&secret));
    }
}

#[test]
fn signs_alone_are_no_secret() {
    let text = "Write `${SECRET_KEY:?}` so that it must be given";
    assert_eq!(mask(text, Medium::Prose), text);
}

#[test]
fn passwords_of_options_without_a_telling_name_are_hidden() {
    for text in [
        "sshpass -p \"Hunter2Pass99\" scp a b:",
        "sshpass -pHunter2Pass99 ssh b",
        "redis-cli -h db -a 'Hunter2Pass99' ping",
    ] {
        assert!(!mask(text, Medium::Code).contains("Hunter2Pass99"), "{text}");
    }
    for text in ["sshpass -p \"$PASSWORD\" ssh b", "sshpass -e ssh b", "redis-cli -h db ping"] {
        assert_eq!(mask(text, Medium::Code), text);
    }
}
