resource "grafana_data_source" "prometheus" {
  type = "prometheus"
  name = "prometheus"
  url  = "http://prometheus:9090"
}

resource "grafana_dashboard" "api" {
  config_json = file("api.json")
}
