import { logPolicy, statePolicy } from "./bucket-policy";

const owner = {
  bucket: "tasks-dev-tfstate-111111111111",
  account: "111111111111",
  partition: "aws",
  pipelines: ["arn:aws:iam::111111111111:role/tasks-dev-deploy"],
  demandTls: true,
};

test.each(["aws", "aws-cn", "aws-us-gov"])("all ARNs of a policy have the partition %s", (partition) => {
  const other = { ...owner, partition, pipelines: [`arn:${partition}:iam::111111111111:role/deploy`] };
  const policies = [statePolicy(other), logPolicy(other, owner.bucket)];
  const arns = JSON.stringify(policies).match(/arn:[^:]*/g) ?? [];
  expect(arns.length).toBeGreaterThan(10);
  expect(new Set(arns)).toEqual(new Set([`arn:${partition}`]));
});

test("requests without TLS are denied, except on an emulator", () => {
  const statements = (demandTls: boolean) => statePolicy({ ...owner, demandTls }).Statement;
  const [first, ...others] = statements(true);
  expect(first).toEqual({
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [
      "arn:aws:s3:::tasks-dev-tfstate-111111111111",
      "arn:aws:s3:::tasks-dev-tfstate-111111111111/*",
    ],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  expect(others).toHaveLength(2);
  expect(statements(false)).toEqual(others);
});

test("only S3 can write the access log, for the account's own state bucket", () => {
  const { Statement } = logPolicy({ ...owner, bucket: "logs" }, owner.bucket);
  expect(Statement.filter(({ Effect }) => Effect === "Allow")).toEqual([
    {
      Sid: "AllowAccessLog",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::logs/*",
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::tasks-dev-tfstate-111111111111" },
        StringEquals: { "aws:SourceAccount": "111111111111" },
      },
    },
  ]);
});
