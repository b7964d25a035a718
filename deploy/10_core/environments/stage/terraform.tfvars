project     = "tasks"
owner       = "platform"
cost_center = "shared"
protected   = false

region              = "eu-central-1"
allowed_account_ids = ["222222222222"] # replace by the id of your stage account

log_retention_days = 30

encryption = {
  customer_managed_key = true
  deletion_window_days = 7
}
