import type { Layer } from "../../../../deploy/shared/layers";
import { trustCases } from "../../../../deploy/testing/workflow-claims";
import { cdktf, expectSuccess } from "../../../support/command";
import { builtHash, liveFunctions } from "../../../support/deployed-functions";
import { assumeWorkflowRole, workflowEnvironment } from "../../../support/workflow-identity";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** Each layer is deployed by its own command. */
export function deploymentSteps(e2e: () => E2eEnvironment): void {
  const deployed = new Set<Layer>();
  // Without ENVIRONMENT, as a user types it.
  const deploy = async (layer: Layer, env: NodeJS.ProcessEnv) => {
    expectSuccess(
      await cdktf({ ...env, ENVIRONMENT: undefined }, "deploy", `${layer}-dev`, "--auto-approve"),
    );
    deployed.add(layer);
  };
  /** When a single step is run by its name, deploys the layers that no step before it has deployed. */
  const ensureDeployed = async (required: readonly Layer[]) => {
    for (const layer of required) if (!deployed.has(layer)) await deploy(layer, e2e().local.cloud.env);
  };

  test("an administrator deploys core by cdktf deploy core-dev", async () => {
    await deploy("core", e2e().local.cloud.env);
  });

  test("the deploy role trusts only jobs that deploy this environment", async () => {
    await ensureDeployed(["core"]);
    const { cloud } = e2e().local;
    const { github } = cloud.config.core;
    if (github === undefined) throw new Error("Expected github in the tfvars of dev, found nothing");
    // The emulator evaluates no other claims; a unit test evaluates the synthesized policy with all of them.
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

  test.each<[Layer, Layer[]]>([
    ["infra", ["core"]],
    ["app", ["core", "infra"]],
    ["core", ["core"]],
  ])("the deploy role deploys %s by cdktf deploy", async (layer, required) => {
    await ensureDeployed(required);
    await deploy(layer, await workflowEnvironment(e2e().local.cloud, "deploy"));
  });

  test("each deployed function has the built zip, its own role and the shared layer", async () => {
    await ensureDeployed(["core", "infra", "app"]);
    await e2e().findService();
    for (const { name, CodeSha256, role, layers } of await liveFunctions(e2e().account.lambda, "dev")) {
      expect({ CodeSha256, role, layers }).toEqual({
        CodeSha256: builtHash(name),
        role: `${devPrefix}-${name}`,
        layers: [`${devPrefix}-dependencies`],
      });
    }
  });
}
