project     = "starter"
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

alarms_enabled        = true
alarm_emails          = ["on-call@example.com"] # replace by the address of your operators
alarm_https_endpoints = []

# The roles or users of your operators, such as "arn:aws:iam::<account>:role/on-call"; they must exist
operators = []

# A second region, to which the service fails over: docs/operations/recovery.md.
# recovery = {
#   region = "eu-west-1"
# }

# Replace by your repository; its ids: gh api repos/<owner>/<repository> --jq '.owner.id, .id'
github = {
  owner             = "example"
  owner_id          = "1000001"
  repository        = "serverless-tasks"
  repository_id     = "2000002"
  classic_subject   = false
  existing_provider = false
}
