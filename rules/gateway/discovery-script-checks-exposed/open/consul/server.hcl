datacenter = "a"
# ruleid: discovery-script-checks-exposed
enable_script_checks = true
