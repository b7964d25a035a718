import { CreateOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { audience, githubIssuer } from "../../../deploy/10_core/github/trust";
import type { FunctionName } from "../../../scripts/build/paths";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { cdktfIn, expectSuccess } from "../../support/command";
import { plannedChanges } from "../../support/plan";
import { ProbeRole } from "../../support/probe-role";
import { Recorder, type RecordedCall } from "../../support/recorder";
import { inlineStatements, withStatements } from "../../support/roles";
import { E2eEnvironment } from "../../support/e2e-environment";
import { workflowEnvironment, type WorkflowRole } from "../../support/workflow-identity";
import { allowed, attemptsOn, everything } from "./attempts";
import { behaviours } from "./behaviours";
import { expectedGrants } from "./expected-grants";
import { observe } from "./observed";
import { statementsOfRole, type RoleStatement } from "./role-policies";
import { isUnseen } from "./not-enforced-by-emulator";
import { survivingRemoval, unneeded } from "./workflow-proof";

/** `npm run prove:iam`: what roles are allowed is what they need, and each of it they need. */
let e2e: E2eEnvironment;
let recorder: Recorder;
let address: string;
const calls: Record<WorkflowRole, RecordedCall[]> = { plan: [], deploy: [] };
/** What the roles of functions had, before they were destroyed. */
const held: Partial<Record<FunctionName | WorkflowRole, RoleStatement[]>> = {};

jest.setTimeout(1_800_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  ({ recorder, address } = await Recorder.open(() => e2e.local.cloud.target.endpoint));
  const copy = e2e.changeRepository();
  // The emulator cannot change the tags of a provider that Terraform has created.
  copy.edit(tfvars("10_core"), "existing_provider = false", "existing_provider = true");
  await e2e.account.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: `https://${githubIssuer}`, ClientIDList: [audience] }),
  );
  copy.edit(tfvars("10_core"), "customer_managed_key = false", "customer_managed_key = true");
  copy.edit(tfvars("20_infra"), "deletion_protection    = false", "deletion_protection = true");
  copy.edit(tfvars("30_app"), "timeout_seconds = 60", "timeout_seconds = 60\n  reserved_concurrency = 5");
});
afterAll(async () => {
  await recorder.close();
  await e2e.dispose();
});

const tfvars = (layer: string) => `deploy/${layer}/environments/dev/terraform.tfvars`;

/** Does something as a workflow does it, and keeps what it asked of the account. */
async function as(role: WorkflowRole, work: (env: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  const env = await workflowEnvironment(e2e.local.cloud, role);
  recorder.take();
  await work({ ...env, AWS_ENDPOINT_URL: address });
  calls[role].push(...recorder.take());
}

const deploy = (layer: string) => async (env: NodeJS.ProcessEnv) => {
  expectSuccess(await cdktfIn(e2e.repository, env, "deploy", `${layer}-dev`, "--auto-approve"));
};

test("an administrator applies core, with everything turned on that has permissions of its own", async () => {
  await deploy("core")(e2e.local.cloud.env);
});

test("the deploy role makes infra and app", async () => {
  await as("deploy", deploy("infra"));
  await as("deploy", deploy("app"));
  await e2e.findService();
});

test("the plan role sees that there is nothing left to change", async () => {
  await as("plan", async (env) => {
    expect(await plannedChanges({ ...e2e.local.cloud, env }, e2e.local.home)).toEqual([]);
  });
});

describe.each(["api", "worker", "producer"] as const)("%s", (name) => {
  const own = behaviours.filter((behaviour) => behaviour.of === name);
  const role = `tasks-dev-${name}`;

  beforeAll(async () => {
    held[name] = await statementsOfRole(e2e.account.iam, role);
  });

  test("does everything with what its role allows", async () => {
    for (const { what, works } of own) expect([what, await works(e2e)]).toEqual([what, true]);
  });

  test("fails at something without each permission of its own", async () => {
    const { iam } = e2e.account;
    const spared: string[] = [];
    for (const { Sid, Action, Resource } of await inlineStatements(iam, role)) {
      for (const action of Action.filter((each) => !isUnseen(Sid, each))) {
        for (const resource of Resource) {
          const broken = await withStatements(
            iam,
            role,
            (all) => without(all, Sid, action, resource),
            firstBroken,
          );
          if (broken === undefined) spared.push(`${Sid}: ${action} on ${resource}`);
          else console.log(`${role} without ${action} on ${resource}: not "${broken}"`);
        }
      }
    }
    expect(spared).toEqual([]);
  });

  /** The first thing that it does not do any more. */
  async function firstBroken(): Promise<string | undefined> {
    for (const { what, works } of own) if (!(await works(e2e))) return what;
    return undefined;
  }
});

type Statements = Awaited<ReturnType<typeof inlineStatements>>;

/** All statements, but for one action on one resource of one of them. */
const without = (statements: Statements, sid: string, action: string, resource: string): Statements =>
  statements.flatMap((statement) => {
    if (statement.Sid !== sid) return [statement];
    const others = statement.Action.filter((each) => each !== action);
    const elsewhere = statement.Resource.filter((each) => each !== resource);
    return [
      ...(others.length > 0 ? [{ ...statement, Action: others }] : []),
      ...(elsewhere.length > 0
        ? [{ ...statement, Sid: `${sid}Elsewhere`, Action: [action], Resource: elsewhere }]
        : []),
    ];
  });

test("the deploy role changes all three layers", async () => {
  const copy = e2e.changeRepository();
  copy.edit(tfvars("10_core"), 'owner       = "platform"', 'owner = "somebody else"');
  copy.edit(tfvars("10_core"), "log_retention_days = 7", "log_retention_days = 14");
  copy.edit("deploy/shared/naming.ts", "  CostCenter: core.cost_center,\n", "");
  copy.edit("deploy/10_core/encryption-key.ts", "Encrypts queues", "Protects queues");
  copy.edit("deploy/10_core/function-policies.ts", '"SendTraces"', '"SendAllTraces"');
  copy.edit(tfvars("20_infra"), "deletion_protection = true", "deletion_protection = false");
  copy.edit(tfvars("20_infra"), "point_in_time_recovery = false", "point_in_time_recovery = true");
  copy.edit(tfvars("20_infra"), "throttling_burst_limit = 100", "throttling_burst_limit = 101");
  copy.edit(tfvars("20_infra"), "cron(0 6", "cron(0 7");
  copy.edit(tfvars("20_infra"), "retention_days          = 4", "retention_days = 5");
  copy.edit("deploy/20_infra/task-secrets.ts", "Read by the worker", "Used by the worker");
  copy.edit(tfvars("30_app"), "memory_mb           = 512", "memory_mb = 640");
  copy.edit(tfvars("30_app"), "batch_size          = 10", "batch_size = 7");
  copy.edit(tfvars("30_app"), "  reserved_concurrency = 5", "");
  copy.edit(
    "deploy/30_app/lambda/function-role.ts",
    "`Execution role of the Lambda function ${name}`",
    "`Role of the Lambda function ${name}`",
  );
  copy.edit("deploy/shared/policy-document.ts", 'Sid: "Assume"', 'Sid: "AssumedByService"');
  copy.edit("functions/worker/index.ts", "export const handler", "console.log();\nexport const handler");
  for (const layer of ["core", "infra", "app"]) await as("deploy", deploy(layer));
});

test("the deploy role destroys app and infra", async () => {
  await as("deploy", async (env) => {
    expectSuccess(await cdktfIn(e2e.repository, env, "destroy", "infra-dev", "app-dev", "--auto-approve"));
  });
});

describe.each(["plan", "deploy"] as const)("the %s role", (role) => {
  const statements = () => statementsOfRole(e2e.account.iam, `tasks-dev-${role}`);
  const observed = (of: WorkflowRole) => observe(calls[of], e2e.local.cloud.target, e2e.local.home);

  test("is allowed what it asked for, and nothing else", async () => {
    // A deployment plans first, with the same permissions.
    const asked = [...(await observed("plan")), ...(role === "deploy" ? await observed("deploy") : [])];
    expect(unneeded(await statements(), asked)).toEqual([]);
  });

  test("is refused at something without each permission", async () => {
    const { target } = e2e.local.cloud;
    const probe = await ProbeRole.create(e2e.account.iam, target);
    const { removed, survived } = await survivingRemoval(
      probe,
      target.endpoint,
      await statements(),
      await observed(role),
    ).finally(() => probe.remove());
    console.log(`${role}: ${calls[role].length} calls, ${removed} permissions taken away one by one`);
    expect(survived).toEqual([]);
    expect(removed).toBeGreaterThan(10);
  });
});

describe("of everything that somebody with a stolen role would try", () => {
  let probe: ProbeRole;
  let attempts: ReturnType<typeof attemptsOn>;
  beforeAll(async () => {
    const { target } = e2e.local.cloud;
    const neighbour = reachOf("tasks-qa");
    // Of a bucket that is not there, the emulator says that before it asks for permission.
    await stateClients(localClientConfig(target)).s3.send(
      new CreateBucketCommand({ Bucket: neighbour.stateBucket }),
    );
    attempts = [reachOf("tasks-dev"), neighbour].flatMap((reach) => attemptsOn(reach, target));
    probe = await ProbeRole.create(e2e.account.iam, target);
  });
  afterAll(() => probe.remove());

  const reachOf = (prefix: string) => {
    const { accountId, region } = e2e.local.cloud.target;
    const [own] = held.worker?.find(({ Sid }) => Sid === "Secrets")?.Resource ?? [];
    const neighbours = `arn:aws:secretsmanager:${region}:${accountId}:secret:${prefix}-signing-key-123456`;
    return {
      prefix,
      secretArn: own?.includes(`:${prefix}-`) === true ? own : neighbours,
      stateBucket: `${prefix}-tfstate-${accountId}`,
      lockTable: `${prefix}-tflock`,
    };
  };

  test.each(["api", "worker", "producer", "plan", "deploy"] as const)(
    "the %s role may do what it works with, and all else is refused",
    async (name) => {
      const statements = held[name] ?? (await statementsOfRole(e2e.account.iam, `tasks-dev-${name}`));
      expect(await allowed(probe, e2e.local.cloud.target, statements, attempts)).toEqual(
        expectedGrants[name],
      );
    },
  );

  test("nothing is refused to who is permitted everything", async () => {
    const done = await allowed(probe, e2e.local.cloud.target, [everything(attempts)], attempts);
    expect(done).toEqual(attempts.map(({ what }) => what));
    expect(done.length).toBeGreaterThan(100);
  });
});
