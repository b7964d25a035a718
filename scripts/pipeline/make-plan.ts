import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { commit } from "../../deploy/30_app/release";
import { layers, type Layer } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { backendFiles } from "../bootstrap/state-storage";
import { runCdktf } from "../local/cdktf";
import { withTerraform } from "../../packages/local-cloud/src/terraform";
import { bucketExists } from "../../packages/terraform-backend/src/storage/state-bucket";
import { untilUnlocked } from "../../packages/terraform-backend/src/until-unlocked";
import { unlessLocked } from "../state/state-failure";
import { placeholderState } from "./placeholders";
import { PlanFolder, type LayerSummary } from "./plan-folder";
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
 * Plans all layers of an environment into a folder, for `applyPlan`.
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
  for (const layer of layers) {
    report(`planning ${layer}`);
    const missing = await missingBelow(layer, account);
    const terraform = await TerraformFolder.open(plan.stack(layer, config.name));
    if (missing.length > 0) {
      for (const lower of missing) {
        writeFileSync(join(folder, `placeholder-${lower}.tfstate`), placeholderState(lower, config));
      }
      terraform.edit((stack) => usePlaceholderState(stack, missing));
    }
    const backend = config.backends[layer];
    if (!(await bucketExists(account.clients.s3, backend.bucket, backendFiles)))
      terraform.edit(withoutStorage);
    else if (lockTimeoutMinutes !== undefined)
      await unlessLocked(
        stackId(layer, config.name),
        untilUnlocked(backend, account.clients, lockTimeoutMinutes, report),
      );
    await terraform.init();
    await terraform.plan(planFile);
    const changes = summarize(JSON.parse(await terraform.run("show", "-json", planFile)));
    summaries.push({ layer, ...statusOf(layer, missing, summaries), ...changes });
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

/** Whether a layer's plan can be applied, given missing lower layers and pending changes of their outputs. */
function statusOf(
  layer: Layer,
  missing: readonly Layer[],
  below: readonly LayerSummary[],
): Pick<LayerSummary, "status" | "blockedBy"> {
  const [absent] = missing;
  if (absent !== undefined) return { status: "placeholder", blockedBy: absent };
  const changing = layer === "core" ? undefined : below.find(({ outputs }) => outputs.length > 0);
  return changing === undefined ? { status: "final" } : { status: "provisional", blockedBy: changing.layer };
}

const missingBelow = async (layer: Layer, account: EnvironmentAccount): Promise<Layer[]> => {
  const below = layers.slice(0, layers.indexOf(layer));
  const there = await Promise.all(below.map((lower) => isApplied(lower, account)));
  return below.filter((_, at) => there[at] !== true);
};

const state = z.object({ outputs: z.record(z.string(), z.unknown()) });

/** A destroyed layer has a state without outputs. */
async function isApplied(layer: Layer, { clients, config }: EnvironmentAccount): Promise<boolean> {
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

/** Replaces the remote states of missing layers by placeholder files. */
function usePlaceholderState(stack: StackJson, missing: readonly Layer[]): StackJson {
  const states = { ...stack.data?.terraform_remote_state };
  for (const layer of missing) {
    states[layer] = { backend: "local", config: { path: join("..", "..", `placeholder-${layer}.tfstate`) } };
  }
  return { ...stack, data: { ...stack.data, terraform_remote_state: states } };
}

/** Uses a local backend while the state bucket does not exist. */
const withoutStorage = (stack: StackJson): StackJson => ({
  ...stack,
  terraform: { ...stack.terraform, backend: { local: {} } },
});
