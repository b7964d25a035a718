log_level        = "DEBUG"
system_log_level = "INFO"
authorization    = "none"

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
