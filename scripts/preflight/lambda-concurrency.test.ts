import type { AppConfig } from "../../deploy/config/schemas/app";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { startAwsStub, type AwsResponse, type AwsStub } from "../../packages/aws-stub/src/aws-stub";
import { concurrencyShortage } from "./lambda-concurrency";

/** An account: its quota, and the reserved concurrency of functions. */
interface Account {
  readonly quota: number;
  readonly reserved?: Readonly<Record<string, number>>;
  readonly denied?: string;
}

let stub: AwsStub | undefined;
afterEach(() => {
  stub?.stop();
});

const json = (status: number, values: object, headers = {}): AwsResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(values),
});
const error = (status: number, name: string) => json(status, { message: name }, { "x-amzn-errortype": name });

function responseTo({ quota, reserved = {}, denied }: Account, operation: string): AwsResponse {
  const name = /\/functions\/([^/?]+)$/.exec(operation)?.[1];
  if (denied !== undefined && operation.includes(denied)) return error(403, "AccessDeniedException");
  if (name === undefined) {
    const taken = Object.values(reserved).reduce((sum, value) => sum + value, 0);
    const AccountLimit = { ConcurrentExecutions: quota, UnreservedConcurrentExecutions: quota - taken };
    return json(200, { AccountLimit });
  }
  const own = reserved[name];
  if (own === undefined) return error(404, "ResourceNotFoundException");
  return json(200, { Configuration: {}, Concurrency: { ReservedConcurrentExecutions: own } });
}

/** The shortage of prod, with these reservations, in an account. */
async function shortageIn(account: Account, reservations: readonly (number | undefined)[] = [200, 50, 5]) {
  const config = await exampleEnvironment("prod");
  const [api, worker, producer] = reservations;
  const app: AppConfig = {
    ...config.app,
    api: { ...config.app.api, reserved_concurrency: api },
    worker: { ...config.app.worker, reserved_concurrency: worker },
    producer: { ...config.app.producer, reserved_concurrency: producer },
  };
  stub = await startAwsStub(({ operation }) => responseTo(account, operation));
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const client = { region: "eu-central-1", endpoint: stub.endpoint, credentials };
  return (await concurrencyShortage({ config: { ...config, app }, client }))?.message;
}

test.each([
  ["a new account", { quota: 10 }, 355],
  ["one below", { quota: 354 }, 355],
  ["other functions' reservations", { quota: 400, reserved: { theirs: 46 } }, 401],
])(
  "%s: the error has the required quota and the command that requests it",
  async (_what, account: Account, needed) => {
    const message = await shortageIn(account);
    expect(message).toContain(`is ${account.quota}; prod needs ${needed}.`);
    expect(message).toContain(`--quota-code L-B99A9384`);
    expect(message).toContain(`--desired-value ${needed} --region eu-central-1`);
  },
);

test.each([
  ["just enough", { quota: 355 }],
  ["a normal account", { quota: 1_000 }],
  [
    "our own reservations are not counted twice",
    {
      quota: 355,
      reserved: { "example-prod-api": 200, "example-prod-worker": 50, "example-prod-producer": 5 },
    },
  ],
  ["others leave enough", { quota: 400, reserved: { theirs: 45, "example-prod-api": 100 } }],
])("%s: the quota is sufficient", async (_what, account: Account) => {
  expect(await shortageIn(account)).toBeUndefined();
});

test("without reservations, any quota is sufficient and AWS is not called", async () => {
  expect(await shortageIn({ quota: 10 }, [undefined, undefined, 0])).toBeUndefined();
  expect([...(stub?.calls ?? [])]).toEqual([]);
});

test.each(["account-settings", "example-prod-worker"])(
  "a denied call of %s names the permissions",
  async (denied) => {
    await expect(shortageIn({ quota: 1_000, denied })).rejects.toThrow(
      "lambda:GetAccountSettings and lambda:GetFunction",
    );
  },
);
