# Reserved concurrency is 255 in all; AWS wants another 100 left in the account's quota, and new accounts have 10 in all:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html

log_level        = "INFO"
system_log_level = "INFO"
tracing_mode     = "Active"
authorization    = "iam"

alarms = {
  function_error_percent = 1
  duration_percent       = 80
  concurrency_percent    = 80
}

release = {
  watch_seconds  = 600
  canary_percent = 0
  canary_seconds = 0
  kept_releases  = 10
}

api = {
  memory_mb            = 1024
  timeout_seconds      = 10
  reserved_concurrency = 200
}

worker = {
  memory_mb              = 1024
  batch_size             = 10
  maximum_concurrency    = 50
  reserved_concurrency   = 50
  secret_max_age_seconds = 300
}

producer = {
  memory_mb            = 1769
  timeout_seconds      = 60
  reserved_concurrency = 5
}

# Moves the functions into the network of deploy/20_infra: docs/operations/network.md.
# in_network = true
