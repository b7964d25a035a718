bucket         = "starter-prod-tfstate-333333333333"
key            = "20_infra/terraform.tfstate"
region         = "eu-central-1"
dynamodb_table = "starter-prod-tflock"
encrypt        = true
