import { TerraformProgress } from "./terraform-progress";

test("Terraform's output is condensed to completed and pending resources", () => {
  const progress = new TerraformProgress(["core", "infra", "app"]);
  const news = [
    "core-dev  \u001b[1mInitializing the backend...\u001b[0m",
    "core-dev  Plan: 2 to add, 1 to change, 0 to destroy.",
    "core-dev  \u001b[1maws_iam_policy.boundary_45A5A84B: Creation complete after 0s [id=x]\u001b[0m",
    "          aws_sqs_queue.tasks_1: Still creating... [10s elapsed]",
    "          Apply complete! Resources: 2 added, 1 changed, 0 destroyed.",
    "infra-dev  No changes. Your infrastructure matches the configuration.",
  ].flatMap((line) => progress.read(line) ?? []);
  expect(news).toEqual([
    "core-dev    3 to do",
    "core-dev    1 of 3 done: aws_iam_policy",
    "core-dev    1 of 3 done, waiting for aws_sqs_queue (10s)",
    "core-dev    2 added, 1 changed, 0 destroyed.",
    "infra-dev   nothing to do",
  ]);
});
