http_api = {
  throttling_rate_limit  = 1000
  throttling_burst_limit = 2000
  cors_allow_origins     = ["https://app.example.com"]
}

# A domain name for the API, and CloudFront with a firewall in front of it: docs/operations/edge.md.
# domain = {
#   name        = "api.example.com"
#   hosted_zone = "example.com"
# }
# edge = {
#   rate_limit = 2000
# }

# A private network for the functions, which in_network of deploy/30_app moves into it: docs/operations/network.md.
# network = {
#   cidr               = "10.20.0.0/20"
#   availability_zones = ["eu-central-1a", "eu-central-1b"]
#   endpoints          = ["dynamodb", "secretsmanager", "sqs"]
# }

# Tasks in PostgreSQL, with table.enabled = false and the network: docs/operations/stores.md.
# store = {
#   kind         = "postgres"
#   min_capacity = 0.5
#   max_capacity = 4
#   instances    = 2
# }

# A cache that limits the rate of each caller, in the network: docs/operations/stores.md.
# cache = {
#   rate_limit_per_minute = 600
#   rate_limit_burst      = 100
# }

task_queue = {
  worker_timeout_seconds  = 30
  batching_window_seconds = 0
  max_receive_count       = 5
  retention_days          = 13
}

table = {
  enabled                = true
  point_in_time_recovery = true
  deletion_protection    = true
  task_retention_days    = 90
}

outbox = {
  sweep_interval_minutes = 1
}

secrets = {
  recovery_window_days = 30
}

alarms = {
  oldest_message_seconds      = 300
  api_5xx_percent             = 1
  api_4xx_percent             = 5
  api_p99_milliseconds        = 3000
  table_throttles             = 10
  table_transaction_conflicts = 10
}

schedules = {
  "daily-report" = {
    expression = "cron(0 6 * * ? *)"
    type       = "report.summary"
    payload    = { hours = 24 }
  }
}
