project     = "tasks"
owner       = "platform"
cost_center = "shared"
protected   = false

region              = "eu-central-1"
allowed_account_ids = ["111111111111"] # replace by the id of your dev account

log_retention_days = 7

encryption = {
  customer_managed_key = false
  deletion_window_days = 7
}
