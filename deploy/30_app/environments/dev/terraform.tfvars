log_level        = "DEBUG"
system_log_level = "INFO"
tracing_mode     = "Active"
authorization    = "none"

alarms = {
  function_error_percent = 1
  duration_percent       = 80
  concurrency_percent    = 80
}

release = {
  watch_seconds  = 0
  canary_percent = 0
  canary_seconds = 0
  kept_releases  = 10
}

api = {
  memory_mb       = 512
  timeout_seconds = 10
}

worker = {
  memory_mb              = 512
  batch_size             = 10
  maximum_concurrency    = 2
  secret_max_age_seconds = 5
}

producer = {
  memory_mb       = 1769
  timeout_seconds = 60
}
