import { trustCases } from "../../../../deploy/testing/workflow-claims";
import { cdktf, expectSuccess } from "../../../support/command";
import { builtHash, liveFunctions } from "../../../support/deployed-functions";
import { assumeWorkflowRole, workflowEnvironment } from "../../../support/workflow-identity";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** The layers are deployed one by one, and are what was built. */
export function deploymentSteps(e2e: () => E2eEnvironment): void {
  // As a person would have it: no ENVIRONMENT chosen, no flag for missing stacks.
  const asTyped = (env: NodeJS.ProcessEnv, layer: string) =>
    cdktf({ ...env, ENVIRONMENT: undefined }, "deploy", `${layer}-dev`, "--auto-approve");

  test("cdktf deploy core-dev works as typed, by whoever administers the account", async () => {
    expectSuccess(await asTyped(e2e().local.cloud.env, "core"));
  });

  test("the deploy role trusts no job but those that deploy this environment", async () => {
    const { cloud } = e2e().local;
    const { github } = cloud.config.core;
    if (github === undefined) throw new Error("dev names no repository");
    // The emulator reads no other claims; the synthesized policy is tested with all of them.
    const cases = trustCases(github, "dev").filter(({ decidedBy }) => ["sub", "aud"].includes(decidedBy));
    expect(cases).toHaveLength(11);
    for (const { what, claims, isTrusted } of cases) {
      const outcome = await assumeWorkflowRole(cloud, "deploy", claims).then(
        () => "trusted",
        (error: unknown) => (error instanceof Error ? error.name : "?"),
      );
      expect([what, outcome]).toEqual([what, isTrusted ? "trusted" : "AccessDenied"]);
    }
  });

  test.each(["infra", "app", "core"])(
    "cdktf deploy %s-dev works as typed, by the deploy role",
    async (layer) => {
      expectSuccess(await asTyped(await workflowEnvironment(e2e().local.cloud, "deploy"), layer));
    },
  );

  test("the functions are the built zips, each under a role of its own, with the shared layer", async () => {
    await e2e().findService();
    for (const { name, CodeSha256, role, layers } of await liveFunctions(e2e().account.lambda, "dev")) {
      expect({ CodeSha256, role, layers }).toEqual({
        CodeSha256: builtHash(name),
        role: `tasks-dev-${name}`,
        layers: ["tasks-dev-dependencies"],
      });
    }
  });
}
