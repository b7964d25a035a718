const resource = (address: string, ...actions: string[]) => ({ address, change: { actions } });

/** The parts of `terraform show -json` that are read. */
export const shown = {
  resource_changes: [
    resource("aws_sqs_queue.tasks", "create"),
    resource("aws_iam_role.api", "update"),
    resource("aws_lambda_alias.live", "delete", "create"),
    resource("aws_kms_key.key", "delete"),
    resource("aws_lambda_function.api", "no-op"),
    resource("data.aws_region.region", "read"),
  ],
  resource_drift: [
    {
      address: "aws_sqs_queue.tasks",
      change: { actions: ["update"], before: { delay: 0, tags: null }, after: { delay: 5, tags: {} } },
    },
    {
      address: "aws_iam_role.api",
      change: {
        actions: ["update"],
        before: { tags: null, inline: [] },
        after: { tags: {}, inline: ["function"] },
      },
    },
    { address: "aws_kms_key.key", change: { actions: ["delete"], before: {}, after: null } },
    resource("aws_lambda_alias.live", "no-op"),
  ],
  configuration: {
    root_module: {
      resources: [
        { address: "aws_sqs_queue.tasks", expressions: { delay: {} } },
        { address: "aws_iam_role.api", expressions: { name: {} } },
      ],
    },
  },
  output_changes: { key_arn: { actions: ["delete"] }, region: { actions: ["no-op"] } },
};
