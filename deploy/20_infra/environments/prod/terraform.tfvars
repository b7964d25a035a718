http_api = {
  throttling_rate_limit  = 1000
  throttling_burst_limit = 2000
  cors_allow_origins     = ["https://app.example.com"]
}

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
}

outbox = {
  sweep_interval_minutes = 1
}

secrets = {
  recovery_window_days = 30
}

schedules = {
  "daily-report" = {
    expression = "cron(0 6 * * ? *)"
    type       = "report.summary"
    payload    = { hours = 24 }
  }
}
