import { CreateOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { audience, githubIssuer } from "../../../deploy/10_core/github/trust";
import { functionNames, taskFunctions, type FunctionName } from "@serverless-tasks/functions/service";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { cdktfIn, expectSuccess, script } from "../../support/command";
import { plannedChanges } from "../../support/plan";
import { ProbeRole } from "../../support/probe-role";
import { Recorder, type RecordedCall } from "../../support/recorder";
import { inlineStatements, withoutPermission, withStatements } from "../../support/roles";
import { E2eEnvironment } from "../../support/e2e-environment";
import { workflowEnvironment, type WorkflowRole } from "../../support/workflow-identity";
import { attemptsOn } from "./attempts";
import { allowAll, authorizedAttempts } from "./authorized-attempts";
import { behaviours } from "./behaviours";
import { changedSettings } from "./changed-settings";
import { added, declaredGrants, isAdded } from "./declared-grants";
import { expectedGrants } from "./expected-grants";
import { observe } from "./observed-calls";
import { statementsOfRole } from "./role-policies";
import type { IdentityStatement } from "../../../packages/iam-policy/src/statement";
import { isNotEnforced } from "./not-enforced-by-emulator";
import { operate, operatorEnvironment, operatorUser } from "./operator-calls";
import { survivingRemoval, unneeded } from "./workflow-permissions";
import { devPrefix } from "../../support/names";

/** `npm run prove:iam`: each permission of each role is needed, and all together are sufficient. */
let e2e: E2eEnvironment;
let recorder: Recorder;
let address: string;
/** The roles of core. */
const coreRoles = ["plan", "deploy", "operator"] as const satisfies (WorkflowRole | "operator")[];
type CoreRole = (typeof coreRoles)[number];
const calls: Record<CoreRole, RecordedCall[]> = { plan: [], deploy: [], operator: [] };
/** Statements of the functions' roles, read before the roles are destroyed. */
const functionStatements: Partial<Record<FunctionName | CoreRole, IdentityStatement[]>> = {};

jest.setTimeout(1_800_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  ({ recorder, address } = await Recorder.open(() => e2e.local.cloud.target.endpoint));
  const copy = e2e.changeRepository();
  for (const [layer, setting, first] of changedSettings) copy.setSetting(layer, "dev", setting, first);
  copy.setSetting("core", "dev", "operators", `["${operatorUser(e2e.local.cloud.target)}"]`);
  await e2e.account.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: `https://${githubIssuer}`, ClientIDList: [audience] }),
  );
});
afterAll(async () => {
  await recorder.close();
  await e2e.dispose();
});

/** Runs work with the credentials of a role of core, and records its calls. */
async function as(role: CoreRole, work: (env: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  const env = await (role === "operator"
    ? operatorEnvironment(e2e)
    : workflowEnvironment(e2e.local.cloud, role));
  recorder.take();
  await work({ ...env, AWS_ENDPOINT_URL: address });
  calls[role].push(...recorder.take());
}

const deploy = (layer: string) => async (env: NodeJS.ProcessEnv) => {
  expectSuccess(await cdktfIn(e2e.repository, env, "deploy", `${layer}-dev`, "--auto-approve"));
};

test("an administrator deploys core", async () => {
  await deploy("core")(e2e.local.cloud.env);
});

test("the deploy role deploys infra and app", async () => {
  await as("deploy", deploy("infra"));
  await as("deploy", deploy("app"));
  await e2e.findService();
});

test("the plan role plans all layers without changes", async () => {
  await as("plan", async (env) => {
    expect(await plannedChanges({ ...e2e.local.cloud, env }, e2e.local.home)).toEqual([]);
    // As npm run cli -- plan does, to print the live release.
    expectSuccess(await script(env, "versions", "dev", "--aws"));
  });
});

describe.each(taskFunctions)("%s", (name) => {
  const ofFunction = behaviours.filter((behaviour) => behaviour.of === name);
  const role = `${devPrefix}-${name}`;

  beforeAll(async () => {
    functionStatements[name] = await statementsOfRole(e2e.account.iam, role);
  });

  test("works with the permissions of its role", async () => {
    expect(ofFunction).not.toEqual([]);
    for (const behaviour of ofFunction)
      expect([behaviour.name, await behaviour.works(e2e)]).toEqual([behaviour.name, true]);
  });

  test("loses a behaviour without any one of its permissions", async () => {
    const { iam } = e2e.account;
    let removed = 0;
    const notNeeded: string[] = [];
    for (const { Sid, Action, Resource } of await inlineStatements(iam, role)) {
      for (const action of Action.filter((each) => !isNotEnforced(Sid, each))) {
        for (const resource of Resource.filter((arn) => !isAdded(arn, devPrefix))) {
          const broken = await withStatements(
            iam,
            role,
            (all) => withoutPermission(all, Sid, action, resource),
            firstBroken,
          );
          removed += 1;
          if (broken === undefined) notNeeded.push(`${Sid}: ${action} on ${resource}`);
          else console.log(`${role} without ${action} on ${resource}: no longer ${broken}`);
        }
      }
    }
    expect(notNeeded).toEqual([]);
    expect(removed).toBeGreaterThan(0);
  });

  /** The name of the first behaviour that does not work. */
  async function firstBroken(): Promise<string | undefined> {
    for (const behaviour of ofFunction) if (!(await behaviour.works(e2e))) return behaviour.name;
    return undefined;
  }
});

test("each function that a team has added has its role", async () => {
  for (const name of added.functions)
    functionStatements[name] = await statementsOfRole(e2e.account.iam, `${devPrefix}-${name}`);
  expect(Object.keys(functionStatements).sort()).toEqual([...functionNames].sort());
});

test("the deploy role changes resources of all three layers", async () => {
  const copy = e2e.changeRepository();
  for (const [layer, setting, , second] of changedSettings) copy.setSetting(layer, "dev", setting, second);
  copy.edit("deploy/shared/naming.ts", "  CostCenter: core.cost_center,\n", "");
  copy.edit("deploy/10_core/core-stack.ts", "Encrypts queues", "Protects queues");
  copy.edit("deploy/10_core/alarm-topic.ts", "`alarm:${namePrefix}-*`", "`alarm:${namePrefix}-*-*`");
  copy.edit("deploy/10_core/function-policies.ts", '"SendTraces"', '"SendAllTraces"');
  copy.edit("deploy/20_infra/task-secrets.ts", "Read by the worker", "Used by the worker");
  copy.edit(
    "deploy/30_app/lambda/function-role.ts",
    "`Execution role of the Lambda function ${name}`",
    "`Role of the Lambda function ${name}`",
  );
  copy.edit("deploy/shared/policy-document.ts", 'Sid: "Assume"', 'Sid: "AssumedByService"');
  copy.edit("functions/worker/index.ts", "export const handler", "console.log();\nexport const handler");
  for (const layer of ["core", "infra", "app"]) await as("deploy", deploy(layer));
});

test("the operator role runs the commands of operators", async () => {
  await as("operator", (env) => operate(e2e, env));
});

test("the deploy role destroys app and infra", async () => {
  await as("deploy", async (env) => {
    expectSuccess(await cdktfIn(e2e.repository, env, "destroy", "infra-dev", "app-dev", "--auto-approve"));
  });
});

describe.each(coreRoles)("the %s role", (role) => {
  const statements = () => statementsOfRole(e2e.account.iam, `${devPrefix}-${role}`);
  const observed = (of: CoreRole) => observe(calls[of], e2e.local.cloud.target, e2e.local.home);

  test("has the permissions that its calls required, and no others", async () => {
    // A deployment plans first, with the same permissions.
    const required = [...(role === "deploy" ? await observed("plan") : []), ...(await observed(role))];
    expect(required).not.toEqual([]);
    expect(unneeded(await statements(), required)).toEqual([]);
  });

  test("is denied a call without any one of its permissions", async () => {
    const { target } = e2e.local.cloud;
    const probe = await ProbeRole.create(e2e.account.iam, target);
    const { removed, survived } = await probe.during(async () =>
      survivingRemoval(probe, target.endpoint, await statements(), await observed(role)),
    );
    console.log(`${role}: ${calls[role].length} calls, ${removed} permissions removed in turn`);
    expect(survived).toEqual([]);
    expect(removed).toBeGreaterThan(10);
  });
});

describe("with stolen credentials", () => {
  let probe: ProbeRole;
  let attempts: ReturnType<typeof attemptsOn>;
  beforeAll(async () => {
    const { target } = e2e.local.cloud;
    const other = resourcesOf(devPrefix.replace(/dev$/, "qa"));
    // The emulator looks for the bucket before it authorizes the call, and those of dev are destroyed.
    const buckets = [devPrefix, other.prefix].flatMap((prefix) => added.buckets.map(bucketOf(prefix)));
    const { s3 } = stateClients(localClientConfig(target));
    for (const Bucket of [other.stateBucket, ...buckets]) await s3.send(new CreateBucketCommand({ Bucket }));
    attempts = [resourcesOf(devPrefix), other].flatMap((resources) => attemptsOn(resources, target));
    probe = await ProbeRole.create(e2e.account.iam, target);
  });
  afterAll(() => probe.remove());
  const bucketOf = (prefix: string) => (name: string) =>
    `${prefix}-${name}-${e2e.local.cloud.target.accountId}`;
  const resourcesOf = (prefix: string) => {
    const { accountId, region } = e2e.local.cloud.target;
    const { bucket, dynamodb_table } = e2e.local.cloud.config.backends.core;
    const [own] = functionStatements.worker?.find(({ Sid }) => Sid === "Secrets")?.Resource ?? [];
    const other = `arn:aws:secretsmanager:${region}:${accountId}:secret:${prefix}-signing-key-123456`;
    return {
      prefix,
      secretArn: own?.includes(`:${prefix}-`) === true ? own : other,
      stateBucket: bucket.replace(devPrefix, prefix),
      lockTable: dynamodb_table.replace(devPrefix, prefix),
      bucketOf: bucketOf(prefix),
    };
  };

  /** The calls that a role is authorized for: of the tasks' resources, and of those that a team has added. */
  function expected(name: FunctionName | CoreRole): string[] {
    const resources = resourcesOf(devPrefix);
    const ofTasks: Readonly<Partial<Record<string, readonly string[]>>> = expectedGrants(resources);
    const declared = isFunction(name) ? declaredGrants(name, devPrefix, resources.bucketOf) : [];
    return [...(ofTasks[name] ?? []), ...declared].sort();
  }

  const isFunction = (name: string): name is FunctionName => functionNames.some((each) => each === name);

  test.each([...functionNames, ...coreRoles])(
    "the %s role is authorized for the expected calls only",
    async (name) => {
      const statements =
        functionStatements[name] ?? (await statementsOfRole(e2e.account.iam, `${devPrefix}-${name}`));
      const authorized = await authorizedAttempts(probe, e2e.local.cloud.target, statements, attempts);
      expect(authorized.sort()).toEqual(expected(name));
    },
  );

  test("a role with all permissions is authorized for every call", async () => {
    const { target } = e2e.local.cloud;
    const authorized = await authorizedAttempts(probe, target, [allowAll(attempts)], attempts);
    expect(authorized).toEqual(attempts.map(({ name }) => name));
    expect(authorized.length).toBeGreaterThan(100);
  });
});
