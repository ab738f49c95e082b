datacenter = "a"
# pass: discovery-script-checks-exposed
enable_script_checks = true
acl {
  enabled        = true
  default_policy = "deny"
}
