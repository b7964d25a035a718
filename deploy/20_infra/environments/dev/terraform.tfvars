http_api = {
  throttling_rate_limit  = 50
  throttling_burst_limit = 100
  cors_allow_origins     = ["http://localhost:3000"]
}

task_queue = {
  worker_timeout_seconds  = 30
  batching_window_seconds = 0
  max_receive_count       = 5
  retention_days          = 4
}

table = {
  enabled                = true
  point_in_time_recovery = false
  deletion_protection    = false
  task_retention_days    = 7
}

outbox = {
  sweep_interval_minutes = 1
}

secrets = {
  recovery_window_days = 0
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
