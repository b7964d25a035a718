import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadEnvironment } from "../deploy/shared/load-config";
import { environmentAccount } from "./bootstrap/environment-account";
import { root } from "./build/paths";
import { defaultPort, environmentArgument, portOption } from "./local/arguments";
import { runCdktf } from "./local/cdktf";
import { confirmTarget } from "./local/confirm";
import { changeStacks } from "./local/deploy-locally";
import { localHome } from "../packages/local-cloud/src/home";
import { stopOnInterrupt, under } from "../packages/local-cloud/src/interrupt";
import { withLocalCloud } from "./local/local-cloud";
import { Phases } from "../packages/local-cloud/src/phases";
import { assertUnprotected } from "./local/protection";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";
import { withTerraform } from "../packages/local-cloud/src/terraform";

const usage = `npm run destroy -- <environment> [--aws [--yes] [--keep-core] [--confirm <environment>]] [--port 4567]

Destroys an environment's three layers, the top one first.
Without --aws it is the copy that npm start runs on this machine. With --aws it is the account that the environment's
tfvars allow, or the emulator that AWS_ENDPOINT_URL names; it says which, and asks first.
An environment whose tfvars say protected = true is not destroyed, here or there.

  --yes        do not ask before destroying in AWS
  --keep-core  leaves the core layer, with the roles of the workflows: they cannot destroy themselves
  --confirm    the environment's name once more, for a workflow that somebody has started by hand
  --port       the local emulator's port (4566)`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      aws: { type: "boolean" },
      yes: { type: "boolean" },
      "keep-core": { type: "boolean" },
      confirm: { type: "string" },
      port: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  assertUnprotected(await loadEnvironment(name));
  if (values.confirm !== undefined && values.confirm !== name)
    throw wrongUsage(`Expected --confirm ${name}, found "${values.confirm}". Nothing was destroyed.`, usage);
  await (values.aws
    ? destroyAtAws(name, values.yes === true, values["keep-core"] === true)
    : destroyLocally(name, portOption(values.port ?? String(defaultPort), usage)));
}

const parametersFor = (environment: string, keepCore = false) => [
  "destroy",
  ...(keepCore ? [`infra-${environment}`, `app-${environment}`] : [`*-${environment}`]),
  "--auto-approve",
];

async function destroyLocally(environment: string, port: number): Promise<void> {
  const home = localHome();
  if (!existsSync(home.emulatorState)) {
    console.log(
      `There is no local cloud in ${home.folder}; nothing to destroy. (For an account at AWS: --aws)`,
    );
    return;
  }
  const phases = new Phases();
  const signal = stopOnInterrupt();
  await withLocalCloud({ home, environment, port, phases, signal }, (cloud) =>
    under(cloud.signal, () =>
      phases.run("destroy", (report) =>
        changeStacks(cloud, home, environment, parametersFor(environment), report),
      ),
    ),
  );
}

async function destroyAtAws(environment: string, yes: boolean, keepCore: boolean): Promise<void> {
  const { config, account, endpoint, isAws } = await environmentAccount(environment);
  console.log(
    `About to destroy ${environment} in account ${account} at ${endpoint}, region ${config.core.region}.`,
  );
  if (isAws && !yes) await confirmTarget("All tasks in it will be lost. Go on?");
  const env = await withTerraform(process.env);
  await new Phases().run("destroy", (report) =>
    runCdktf({
      parameters: parametersFor(environment, keepCore),
      env,
      log: join(root, "destroy.log"),
      report,
    }),
  );
}

runMain(main);
