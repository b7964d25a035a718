import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { expectSuccess, scriptIn } from "../../support/command";
import { accountClients } from "../../support/account";
import { ProbeRole } from "../../support/probe-role";
import { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import type { TestCloud } from "../../support/test-cloud";

const bucket = "example-stage-tfstate-222222222222";
const logBucket = `${bucket}-logs`;
const table = "example-stage-tflock";
const items = [`log bucket ${logBucket}`, `state bucket ${bucket}`, `lock table ${table}`];

/** `npm run bootstrap -- stage` in an empty account of the emulator. */
export function bootstrapSteps(local: () => TestCloud): void {
  let copy: RepositoryCopy;
  beforeAll(() => {
    copy = new RepositoryCopy({ hasExamples: true });
  });
  afterAll(() => {
    copy.dispose();
  });
  const target = () => ({ ...local().cloud.target, accountId: "222222222222" });
  const clients = () => stateClients(localClientConfig(target()));
  const bootstrap = async (...parameters: string[]) => {
    const env = { ...local().cloud.env, AWS_ACCESS_KEY_ID: target().accountId };
    const result = await scriptIn(copy.folder, env, "bootstrap", "stage", "--aws", ...parameters);
    expectSuccess(result);
    const [heading, ...lines] = result.stdout.trimEnd().split("\n");
    expect(heading).toContain("Account 222222222222 at http://127.0.0.1:");
    return lines.map((line) => line.trim());
  };

  test("a dry run creates nothing, the first run creates all resources, and the second changes nothing", async () => {
    expect(await bootstrap("--dry-run")).toEqual(items.map((item) => `${item}: would be created`));
    expect((await clients().s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    expect(await bootstrap()).toEqual(items.map((item) => `${item}: created`));
    expect(await bootstrap()).toEqual(items.map((item) => `${item}: unchanged`));
  });

  test("changed settings of the bucket are restored and reported", async () => {
    const { s3 } = clients();
    const Bucket = bucket;
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: false },
      }),
    );
    const everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject" };
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ ...everyone, Resource: `arn:aws:s3:::${Bucket}/*` }],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const Rules = [{ ObjectOwnership: "ObjectWriter" as const }];
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
    await s3.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
    );
    const changes = "public access, versioning, ownership, policy";
    const right = ": unchanged";
    const [logs = "", state = "", locks = ""] = items;
    const reportOf = (ofBucket: string) => [`${logs}${right}`, `${state}: ${ofBucket}`, `${locks}${right}`];
    expect(await bootstrap("--dry-run")).toEqual(reportOf(`would change: ${changes}`));
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Suspended" });
    expect(await bootstrap()).toEqual(reportOf(`changed: ${changes}`));
    expect(await bootstrap()).toEqual(items.map((item) => `${item}${right}`));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).not.toContain("Allow");
  });

  test("the state bucket encrypts by KMS, and the lock table cannot be deleted", async () => {
    const { s3, dynamodb } = clients();
    const { ServerSideEncryptionConfiguration: encryption } = await s3.send(
      new GetBucketEncryptionCommand({ Bucket: bucket }),
    );
    expect(encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe("aws:kms");
    await expect(dynamodb.send(new DeleteTableCommand({ TableName: table }))).rejects.toThrow(/protection/i);
  });

  test.each(["deploy", "plan"])(
    "the bucket policy lets the %s role write states and delete lock files, and denies other deletions",
    async (role) => {
      const owner = clients().s3;
      const pipeline = await ProbeRole.create(
        accountClients(target()).iam,
        target(),
        `example-stage-${role}`,
      );
      await pipeline.setStatements([{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);
      const { credentials } = pipeline;
      const s3 = new S3Client({ ...localClientConfig(target()), credentials, forcePathStyle: true });
      const policy = (await owner.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy ?? "";
      // `aws:PrincipalArn` is the ARN of the role on AWS, and that of the session on the emulator.
      const forEmulator = policy.replaceAll(
        /arn:aws:iam::(\d+):role\/([\w-]+)/g,
        "arn:aws:sts::$1:assumed-role/$2/*",
      );
      const Key = "10_core/terraform.tfstate";
      const put = (key: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "{}" }));
      const remove = (key: string) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      try {
        await owner.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: forEmulator }));
        const { VersionId } = await put(Key);
        await put(`${Key}.tflock`);
        await remove(`${Key}.tflock`);
        const denied = { name: "AccessDenied" };
        await expect(remove(Key)).rejects.toMatchObject(denied);
        await expect(
          s3.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId })),
        ).rejects.toMatchObject(denied);
        await expect(s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }))).rejects.toMatchObject(
          denied,
        );
        await expect(
          s3.send(
            new PutBucketVersioningCommand({
              Bucket: bucket,
              VersioningConfiguration: { Status: "Suspended" },
            }),
          ),
        ).rejects.toMatchObject(denied);
        const { Versions = [] } = await owner.send(
          new ListObjectVersionsCommand({ Bucket: bucket, Prefix: Key }),
        );
        expect(Versions.map((version) => version.VersionId)).toContain(VersionId);
      } finally {
        await owner.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
      }
      // Without the bucket policy, the role is allowed to.
      await remove(Key);
    },
  );

  test("with credentials of another account, bootstrap fails and creates nothing", async () => {
    const env = { ...local().cloud.env, AWS_ACCESS_KEY_ID: "999999999999" };
    const { exitCode, stderr } = await scriptIn(copy.folder, env, "bootstrap", "stage", "--aws");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("These credentials belong to account 999999999999");
    const s3 = stateClients(localClientConfig({ ...target(), accountId: "999999999999" })).s3;
    expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });
}
