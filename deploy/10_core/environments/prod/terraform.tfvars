project     = "tasks"
owner       = "platform"
cost_center = "shared"
protected   = true

region              = "eu-central-1"
allowed_account_ids = ["333333333333"] # replace by the id of your prod account

log_retention_days = 365

encryption = {
  customer_managed_key = true
  deletion_window_days = 30
}
