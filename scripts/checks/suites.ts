import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";
import { noAwsConfiguration } from "../../packages/local-cloud/src/child-environment";
import { root } from "../build/paths";

interface Suite {
  readonly what: string;
  /** Part of `npm test`; the others take too long. */
  readonly inNpmTest?: true;
  /** By default one for each core: the step that runs at the same time, e2e, waits half of its time. */
  readonly workersInNpmTest?: number;
  /** Runs its files one after the other, since they share an emulator's port or state. */
  readonly inBand?: true;
}

export const suiteNames = [
  "unit",
  "commands",
  "runtime",
  "packages",
  "scanners",
  "browser",
  "e2e",
  "adoption",
  "environments",
  "console",
  "contract",
  "faults",
  "state",
  "flows",
  "iam",
  "additions",
  "operations",
  "edge",
  "stores",
  "recovery",
] as const;
export type SuiteName = (typeof suiteNames)[number];

/** The suites: the projects of jest.config.js. */
export const suites: Readonly<Record<SuiteName, Suite>> = {
  unit: { what: "tests that need nothing but Node", inNpmTest: true },
  commands: { what: "the repository's own commands, in copies of it", inNpmTest: true },
  runtime: {
    what: "the built functions under AWS's own runtime clients, on Node.js 22 and 24",
    inNpmTest: true,
  },
  packages: { what: "the layer's packages behave as the published ones", inNpmTest: true },
  scanners: { what: "the scanners find intentional mistakes", inNpmTest: true },
  browser: { what: "the docs page in Chromium, skipped where there is none", inNpmTest: true },
  e2e: {
    what: "the real stacks, applied by Terraform onto an emulator",
    inNpmTest: true,
    // Its files wait for Terraform and for SQS about half of the time.
    workersInNpmTest: 2,
  },
  adoption: { what: "each change that a team makes to the template, in a copy of it", inBand: true },
  environments: { what: "stage and prod on the emulator, each in its own account", inBand: true },
  console: { what: "the console's page in Chromium against the deployed service", inBand: true },
  contract: { what: "requests generated from the API's document, with and without tokens", inBand: true },
  faults: { what: "the fault campaign at full size, with its negative controls", inBand: true },
  state: { what: "concurrent and killed applies on one Terraform state", inBand: true },
  flows: {
    what: "the steps of GitHub's workflows, and the commands of docs/getting-to-aws.md",
    inBand: true,
  },
  additions: { what: "what add writes, deployed onto the emulator by the deploy role", inBand: true },
  operations: { what: "operators' commands, releases, and the commands of the runbooks", inBand: true },
  edge: { what: "the domain, CloudFront and the network, each turned on and off again", inBand: true },
  stores: {
    what: "PostgreSQL and Valkey: real servers, the contract of stores, the service on each store",
    inBand: true,
  },
  recovery: { what: "two regions: failover and the way back under load, and a lost region", inBand: true },
  iam: { what: "each permission of each role removed in turn", inBand: true },
};

/**
 * The command line of a suite: `jest --runInBand <parameters> --selectProjects state`.
 * @param parameters for jest; before --selectProjects, which takes everything that follows as names of projects
 */
export const suiteCommand = (name: SuiteName, parameters: readonly string[] = []): [string, ...string[]] => [
  "jest",
  ...(suites[name].inBand ? ["--runInBand"] : []),
  ...parameters,
  "--selectProjects",
  name,
];

/** The environment of checks and suites: without AWS settings, so that nothing that they start reaches an account. */
export const verifyEnvironment = (from: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(from).filter(([name]) => !name.startsWith("AWS_"))),
  ...noAwsConfiguration,
});

/**
 * Runs a suite and passes its output through.
 * @param parameters for jest
 * @returns the exit code
 */
export async function runSuite(name: SuiteName, parameters: readonly string[]): Promise<number> {
  const [program, ...all] = suiteCommand(name, parameters);
  const child = spawn(join(root, "node_modules", ".bin", program), all, {
    cwd: root,
    stdio: "inherit",
    env: verifyEnvironment(process.env),
  });
  // Jest receives Ctrl-C from the terminal too, and stops what its tests have started.
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  await once(child, "close");
  process.off("SIGINT", ignore);
  return child.exitCode ?? 128 + constants.signals[child.signalCode ?? "SIGKILL"];
}
