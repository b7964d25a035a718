bucket         = "starter-dev-tfstate-111111111111"
key            = "20_infra/terraform.tfstate"
region         = "eu-central-1"
dynamodb_table = "starter-dev-tflock"
encrypt        = true
