import { noTable } from "../../packages/aws-stub/src/aws-responses";
import type { AwsCall, AwsResponse } from "../../packages/aws-stub/src/aws-stub";
import { s3Error } from "../../packages/terraform-backend/src/testing/state-storage-stub";

const json = (values: object): AwsResponse => ({ status: 200, body: JSON.stringify(values) });

const held = { ID: "a-lock", Who: "someone@elsewhere", Operation: "OperationTypeApply" };
const Item = { Info: { S: JSON.stringify({ ...held, Created: "2026-01-01T00:00:00Z" }) } };

/** The response of STS to GetCallerIdentity. */
export const callerIdentity = (account: string): AwsResponse => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`,
});

/** dev's account: its states have an old lock, its queues are empty. */
export function responseTo({ operation, body, headers }: AwsCall): AwsResponse | undefined {
  if (body.includes("Action=GetCallerIdentity")) return callerIdentity("111111111111");
  if (operation === "GET /_ministack/health") return json({});
  if (operation === "DynamoDB_20120810.GetItem") return json({ Item });
  if (operation === "DynamoDB_20120810.DescribeTable") return noTable;
  if (operation === "AmazonSQS.GetQueueUrl") return json({ QueueUrl: `http://${headers.host ?? ""}/queue` });
  if (operation === "AmazonSQS.ReceiveMessage") return json({});
  return /^(GET|HEAD) /.test(operation) ? s3Error(404, "NoSuchKey") : undefined;
}
