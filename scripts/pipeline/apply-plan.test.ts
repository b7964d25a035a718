import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commit } from "../../deploy/30_app/release";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { TerraformProgram } from "../testing/terraform-program";
import { awsAccount } from "../testing/test-account";
import { applyPlan } from "./apply-plan";
import { PlanFolder, type LayerSummary, type Manifest } from "./plan-folder";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const planned = {
  environment: "dev",
  account: "111111111111",
  cloud: "AWS",
  commit: "0123456789abcdef",
  createdAt: "2026-01-01T00:00:00.000Z",
  layers: [],
} as const;

/** Applies a plan to dev's AWS account. */
async function applyInAws(manifest: Omit<Manifest, "files">) {
  new PlanFolder(folder).writeManifest(manifest);
  const account = awsAccount(await exampleEnvironment("dev"));
  return applyPlan({ account, folder, report: () => undefined });
}

test.each([
  [{ environment: "prod" }, "The plan is for the environment prod, and this is dev."],
  [{ account: "222222222222" }, "The plan is for the account 222222222222, and this is 111111111111."],
  // The local cloud has accounts with the same ids.
  [{ cloud: "emulator" as const }, "The plan is for the cloud emulator, and this is AWS."],
  [{}, "The plan is for the commit 0123456789abcdef, and this is"],
])("a plan with %j is refused", async (difference, message) => {
  await expect(applyInAws({ ...planned, layers: [], ...difference })).rejects.toThrow(message);
});

/** A layer with a change. */
const changed = (
  layer: LayerSummary["layer"],
  standbyRegion?: string,
  status: Pick<LayerSummary, "status" | "blockedBy"> = { status: "final" },
): LayerSummary => ({
  layer,
  ...(standbyRegion !== undefined && { standbyRegion }),
  ...status,
  resources: [{ address: "aws_sqs_queue.tasks", actions: ["update"] }],
  outputs: [],
});

test("each layer is applied in the first region, then in the second; what is blocked there is planned again", async () => {
  const blocked = { status: "provisional", blockedBy: "infra (eu-west-1)" } as const;
  const program = new TerraformProgram(join(folder, "terraform-program"));
  program.install("exit 0");
  try {
    const layers = [
      changed("core"),
      changed("core", "eu-west-1"),
      changed("infra"),
      changed("infra", "eu-west-1"),
      changed("app"),
      changed("app", "eu-west-1", blocked),
    ];
    expect(await applyInAws({ ...planned, commit: commit(), layers })).toEqual({
      applied: ["core", "core (eu-west-1)", "infra", "infra (eu-west-1)", "app"],
      outdated: ["app (eu-west-1)"],
    });
    const stacks = program
      .calls()
      .filter((call) => call.includes(" apply "))
      .map((call) => /stacks\/(\S+)/.exec(call)?.[1]);
    expect(stacks).toEqual(["core-dev", "core-dev-eu-west-1", "infra-dev", "infra-dev-eu-west-1", "app-dev"]);
  } finally {
    program.remove();
  }
});
