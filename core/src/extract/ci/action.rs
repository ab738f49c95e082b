//! Actions: their references, and what the well-known ones are for.

/// A reference `owner/name/path@ref`, `./path` or `docker://image`.
pub(super) struct Reference<'u> {
    pub kind: &'static str,
    pub action: String,
    pub owner: Option<String>,
    pub reference: Option<&'u str>,
    pub pin: &'static str,
}

/// Reads the value of `uses`.
pub(super) fn reference(uses: &str) -> Reference<'_> {
    if let Some(image) = uses.strip_prefix("docker://") {
        let pin = if image.contains("@sha256:") {
            "digest"
        } else if image.rsplit('/').next().is_some_and(|last| last.contains(':') && !last.ends_with(":latest")) {
            "version"
        } else {
            "none"
        };
        return Reference { kind: "docker", action: image.to_owned(), owner: None, reference: None, pin };
    }
    let (action, reference) =
        uses.split_once('@').map_or((uses, None), |(action, reference)| (action, Some(reference.trim())));
    let is_workflow = action.ends_with(".yml") || action.ends_with(".yaml");
    let is_local = action.starts_with("./") || action.starts_with("../");
    let owner = action.split_once('/').map(|(owner, _)| owner.to_ascii_lowercase()).filter(|_| !is_local);
    Reference {
        kind: if is_local {
            "local"
        } else if is_workflow {
            "workflow"
        } else {
            "action"
        },
        action: action.to_ascii_lowercase(),
        owner,
        reference,
        pin: if is_local { "commit" } else { reference.map_or("none", pin) },
    }
}

fn pin(reference: &str) -> &'static str {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let version = reference.trim_start_matches(['v', 'V']);
    if reference.contains("${{") {
        "expression"
    } else if reference.len() == 40 && is_hex(reference) {
        "commit"
    } else if version.starts_with(|first: char| first.is_ascii_digit()) {
        "version"
    } else {
        "branch"
    }
}

/// Well-known actions by the beginning of their name.
const ACTIONS: &[(&str, &str)] = &[
    ("actions/dependency-review-action", "audit"),
    ("github/codeql-action/", "audit"),
    ("aquasecurity/trivy-action", "audit"),
    ("anchore/scan-action", "audit"),
    ("snyk/actions", "audit"),
    ("pypa/gh-action-pip-audit", "audit"),
    ("google/osv-scanner-action", "audit"),
    ("bridgecrewio/checkov-action", "audit"),
    ("returntocorp/semgrep-action", "audit"),
    ("semgrep/semgrep-action", "audit"),
    ("pyupio/safety", "audit"),
    ("ossf/scorecard-action", "audit"),
    ("docker/scout-action", "audit"),
    ("zizmorcore/zizmor-action", "audit"),
    ("gitleaks/gitleaks-action", "secret_scan"),
    ("zricethezav/gitleaks-action", "secret_scan"),
    ("trufflesecurity/trufflehog", "secret_scan"),
    ("gitguardian/ggshield-action", "secret_scan"),
    ("codecov/codecov-action", "coverage"),
    ("coverallsapp/github-action", "coverage"),
    ("py-cov-action/", "coverage"),
    ("pre-commit/action", "lint"),
    ("astral-sh/ruff-action", "lint"),
    ("chartboost/ruff-action", "lint"),
    ("psf/black", "lint"),
    ("hadolint/hadolint-action", "lint"),
    ("golangci/golangci-lint-action", "lint"),
    ("super-linter/super-linter", "lint"),
    ("github/super-linter", "lint"),
    ("cypress-io/github-action", "test"),
    ("docker/build-push-action", "build_image"),
    ("docker/bake-action", "build_image"),
    ("redhat-actions/buildah-build", "build_image"),
    ("redhat-actions/push-to-registry", "push_image"),
    ("pypa/gh-action-pypi-publish", "publish"),
    ("softprops/action-gh-release", "publish"),
    ("ncipollo/release-action", "publish"),
    ("js-devtools/npm-publish", "publish"),
    ("peaceiris/actions-gh-pages", "publish"),
    ("actions/deploy-pages", "publish"),
    ("goreleaser/goreleaser-action", "publish"),
    ("appleboy/ssh-action", "deploy"),
    ("appleboy/scp-action", "deploy"),
    ("azure/webapps-deploy", "deploy"),
    ("azure/k8s-deploy", "deploy"),
    ("azure/container-apps-deploy-action", "deploy"),
    ("google-github-actions/deploy-", "deploy"),
    ("aws-actions/amazon-ecs-deploy-task-definition", "deploy"),
    ("aws-actions/aws-cloudformation-github-deploy", "deploy"),
    ("cloudflare/wrangler-action", "deploy"),
    ("cloudflare/pages-action", "deploy"),
    ("amondnet/vercel-action", "deploy"),
    ("akhileshns/heroku-deploy", "deploy"),
    ("superfly/flyctl-actions", "deploy"),
    ("digitalocean/app_action", "deploy"),
    ("railwayapp/", "deploy"),
    ("johnbeynon/render-deploy-action", "deploy"),
    ("slackapi/slack-github-action", "notify"),
    ("8398a7/action-slack", "notify"),
    ("actions/checkout", "checkout"),
    ("actions/cache", "cache"),
    ("actions/upload-artifact", "artifact"),
    ("actions/download-artifact", "artifact"),
    ("actions/github-script", "script"),
];

/// What a well-known action is for.
pub(super) fn purpose(action: &str) -> Option<&'static str> {
    ACTIONS.iter().find(|(known, _)| action.starts_with(known)).map(|(_, purpose)| *purpose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        for (uses, kind, pin) in [
            ("actions/checkout@v4", "action", "version"),
            ("Owner/Name/sub@main", "action", "branch"),
            ("owner/name@8f4b7f84864484a7bf31766abe9204da3cbe65b3", "action", "commit"),
            ("owner/repo/.github/workflows/ci.yml@v1", "workflow", "version"),
            ("./.github/actions/setup", "local", "commit"),
            ("docker://alpine:3.20", "docker", "version"),
            ("docker://alpine", "docker", "none"),
            ("owner/name", "action", "none"),
            ("@", "action", "branch"),
        ] {
            let read = reference(uses);
            assert_eq!((read.kind, read.pin), (kind, pin), "{uses}");
        }
    }
}
