import { callerIdentity } from "../testing/account-stub";
import { RepositoryCopy } from "../testing/repository-copy";
import { runCli } from "../testing/run-cli";
import {
  startAwsStub,
  type AwsCall,
  type AwsResponse,
  type AwsStub,
} from "../../packages/aws-stub/src/aws-stub";

let copy: RepositoryCopy;
beforeAll(() => {
  copy = new RepositoryCopy({ hasExamples: true });
});
let stub: AwsStub | undefined;
afterAll(() => {
  stub?.stop();
  copy.dispose();
});

const json = (status: number, values: object): AwsResponse => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": "ResourceNotFoundException" },
  body: JSON.stringify(values),
});

/** An empty account of prod with the quota of a new account. */
function newAccount({ operation, body }: AwsCall): AwsResponse {
  if (body.includes("Action=GetCallerIdentity")) return callerIdentity("333333333333");
  return operation.endsWith("/account-settings")
    ? json(200, { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } })
    : json(404, { message: "Function not found" });
}

jest.setTimeout(60_000);

test("apply refuses an account whose Lambda quota is too small", async () => {
  const called: string[] = [];
  stub = await startAwsStub((call) => {
    called.push(call.operation.trim());
    return newAccount(call);
  });
  const { exitCode, stderr } = await runCli(["apply", "prod", "--aws", "--yes"], {
    folder: copy.folder,
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: stub.endpoint,
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
    },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("quota of concurrent Lambda executions is 10; prod needs 355.");
  expect(called.sort()).toEqual([
    "GET /2015-03-31/functions/example-prod-api",
    "GET /2015-03-31/functions/example-prod-producer",
    "GET /2015-03-31/functions/example-prod-worker",
    "GET /2016-08-19/account-settings",
    "POST",
  ]);
});
