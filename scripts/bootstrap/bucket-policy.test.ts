import { logPolicy, statePolicy } from "./bucket-policy";

const owner = {
  bucket: "tasks-dev-tfstate-111111111111",
  account: "111111111111",
  namePrefix: "tasks-dev",
  demandTls: true,
};

test.each([
  ["eu-central-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("all ARNs of a bucket in %s are of the partition %s", (region, partition) => {
  const policies = [statePolicy({ ...owner, region }), logPolicy({ ...owner, region }, owner.bucket)];
  const arns = JSON.stringify(policies).match(/arn:[^:]*/g) ?? [];
  expect(arns.length).toBeGreaterThan(10);
  expect(new Set(arns)).toEqual(new Set([`arn:${partition}`]));
});

test("everything without TLS is denied, but over an emulator's plain http; the rest stays", () => {
  const statements = (demandTls: boolean) =>
    statePolicy({ ...owner, region: "eu-central-1", demandTls }).Statement;
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

test("only S3 itself writes the access log, and only that of the account's own state bucket", () => {
  const { Statement } = logPolicy({ ...owner, region: "eu-central-1", bucket: "logs" }, owner.bucket);
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
