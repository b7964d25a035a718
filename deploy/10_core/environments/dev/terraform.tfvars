project     = "starter"
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

alarms_enabled        = false
alarm_emails          = []
alarm_https_endpoints = []

# The roles or users of your operators, such as "arn:aws:iam::<account>:role/on-call"; they must exist
operators = []

# Replace by your repository; its ids: gh api repos/<owner>/<repository> --jq '.owner.id, .id'
github = {
  owner             = "example"
  owner_id          = "1000001"
  repository        = "serverless-tasks"
  repository_id     = "2000002"
  classic_subject   = false
  existing_provider = false
}
