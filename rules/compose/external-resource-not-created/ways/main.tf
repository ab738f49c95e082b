resource "docker_network" "shop" {
  name = "made-by-terraform"
}
