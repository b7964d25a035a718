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

# Replace by your repository; its ids: gh api repos/<owner>/<repository> --jq '.owner.id, .id'
github = {
  owner             = "example"
  owner_id          = "1000001"
  repository        = "serverless-tasks"
  repository_id     = "2000002"
  classic_subject   = false
  existing_provider = false
}
