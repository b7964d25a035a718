bucket         = "starter-prod-tfstate-333333333333"
key            = "30_app/terraform.tfstate"
region         = "eu-central-1"
dynamodb_table = "starter-prod-tflock"
encrypt        = true
