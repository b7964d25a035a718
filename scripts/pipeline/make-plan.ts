import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { commit } from "../../deploy/30_app/release";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { backendFiles } from "../bootstrap/state-storage";
import { runCdktf } from "../local/cdktf";
import { withTerraform } from "../../packages/local-cloud/src/terraform";
import { bucketExists } from "../../packages/terraform-backend/src/storage/state-bucket";
import { untilUnlocked } from "../../packages/terraform-backend/src/until-unlocked";
import { unlessLocked } from "../state/state-failure";
import { stacksBelow, stacksInOrder, type EnvironmentStack } from "../bootstrap/environment-stacks";
import { placeholderState, usePlaceholderKey } from "./placeholders";
import { labelOf, PlanFolder, type LayerSummary } from "./plan-folder";
import { summarize } from "../../packages/terraform-plan/src/plan-summary";
import { TerraformFolder, type StackJson } from "./terraform-folder";

/** Name of the saved plan in each stack's folder. */
export const planFile = "plan";

export interface PlanOptions {
  readonly account: EnvironmentAccount;
  /** Replaced if it exists. */
  readonly folder: string;
  readonly report: (line: string) => void;
  /** How long to wait for the lock of a layer's state; without it, locks are ignored. */
  readonly lockTimeoutMinutes?: number;
}

/**
 * Plans all layers of an environment into a folder, for `applyPlan`; those of its second region too.
 *
 * A layer whose lower layer was never applied is planned with placeholders for that layer's outputs. Such a plan shows the
 * changes, and cannot be applied.
 */
export async function makePlan({
  account,
  folder,
  report,
  lockTimeoutMinutes,
}: PlanOptions): Promise<LayerSummary[]> {
  const { config } = account;
  const plan = await synthesize(account, folder, report);
  const summaries: LayerSummary[] = [];
  for (const stack of stacksInOrder(account)) {
    report(`planning ${stack.label}`);
    const missing = await missingBelow(stack);
    const terraform = await TerraformFolder.open(plan.stack(stack.id));
    if (missing.length > 0) {
      for (const lower of missing) {
        const state = placeholderState(lower.layer, lower.account.config);
        writeFileSync(join(folder, placeholderFile(lower)), state);
      }
      terraform.edit((json) => usePlaceholders(json, stack, missing));
    }
    const { config: of, clients } = stack.account;
    const backend = of.backends[stack.layer];
    if (!(await bucketExists(clients.s3, backend.bucket, backendFiles))) terraform.edit(withoutStorage);
    else if (lockTimeoutMinutes !== undefined)
      await unlessLocked(stack.id, untilUnlocked(backend, clients, lockTimeoutMinutes, report));
    await terraform.init();
    await terraform.plan(planFile);
    const changes = summarize(JSON.parse(await terraform.run("show", "-json", planFile)));
    summaries.push({ ...summaryOf(stack), ...statusOf(stack, missing, summaries), ...changes });
  }
  plan.writeManifest({
    environment: config.name,
    account: account.account,
    cloud: account.isAws ? "AWS" : "emulator",
    commit: commit(),
    createdAt: new Date().toISOString(),
    layers: summaries,
  });
  return summaries;
}

/** Writes the stacks for the environment into a new folder. */
export async function synthesize(
  { config }: EnvironmentAccount,
  folder: string,
  report: (line: string) => void,
) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  report("synthesizing");
  await runCdktf({
    parameters: ["synth", "--output", folder],
    env: { ...(await withTerraform(process.env)), ENVIRONMENT: config.name },
    log: join(folder, "log"),
    report,
  });
  return new PlanFolder(folder);
}

const summaryOf = ({ layer, standbyRegion }: EnvironmentStack) => ({
  layer,
  ...(standbyRegion !== undefined && { standbyRegion }),
});

/** Whether a stack's plan can be applied, given missing stacks below it and pending changes of their outputs. */
function statusOf(
  stack: EnvironmentStack,
  missing: readonly EnvironmentStack[],
  planned: readonly LayerSummary[],
): Pick<LayerSummary, "status" | "blockedBy"> {
  const [absent] = missing;
  if (absent !== undefined) return { status: "placeholder", blockedBy: absent.label };
  const below = stacksBelow(stack).map(({ label }) => label);
  const changing = planned.find((summary) => summary.outputs.length > 0 && below.includes(labelOf(summary)));
  return changing === undefined
    ? { status: "final" }
    : { status: "provisional", blockedBy: labelOf(changing) };
}

async function missingBelow(stack: EnvironmentStack): Promise<EnvironmentStack[]> {
  const below = stacksBelow(stack);
  const there = await Promise.all(below.map(isApplied));
  return below.filter((_, at) => there[at] !== true);
}

const state = z.object({ outputs: z.record(z.string(), z.unknown()) });

/** A destroyed layer has a state without outputs. */
async function isApplied({ layer, account: { clients, config } }: EnvironmentStack): Promise<boolean> {
  const { bucket, key } = config.backends[layer];
  try {
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const { outputs } = state.parse(JSON.parse((await Body?.transformToString()) ?? "{}"));
    return Object.keys(outputs).length > 0;
  } catch (error) {
    if (error instanceof NoSuchKey || (error instanceof Error && error.name === "NoSuchBucket")) return false;
    throw error;
  }
}

const placeholderFile = ({ id }: EnvironmentStack) => `placeholder-${id}.tfstate`;

/** Replaces the remote states of missing layers by placeholder files, and the key of a second region without one. */
function usePlaceholders(
  json: StackJson,
  stack: EnvironmentStack,
  missing: readonly EnvironmentStack[],
): StackJson {
  const states = { ...json.data?.terraform_remote_state };
  for (const lower of missing) {
    if (lower.standbyRegion !== stack.standbyRegion) json = usePlaceholderKey(json, lower.account.config);
    else
      states[lower.layer] = { backend: "local", config: { path: join("..", "..", placeholderFile(lower)) } };
  }
  return { ...json, data: { ...json.data, terraform_remote_state: states } };
}

/** Uses a local backend while the state bucket does not exist. */
const withoutStorage = (stack: StackJson): StackJson => ({
  ...stack,
  terraform: { ...stack.terraform, backend: { local: {} } },
});
