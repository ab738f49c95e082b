resource "grafana_dashboard" "shop" { config_json = file("shop.json") }
