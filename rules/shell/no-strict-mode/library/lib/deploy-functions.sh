# Sourced by the deploy scripts.
deploy_api() {
  docker compose pull api
  docker compose up -d api
  docker image prune -f
}
