bucket         = "starter-stage-tfstate-222222222222"
key            = "20_infra/terraform.tfstate"
region         = "eu-central-1"
dynamodb_table = "starter-stage-tflock"
encrypt        = true
