import { layers } from "../../deploy/shared/environments";
import { cdktf, expectSuccess } from "../support/command";
import { builtHash, liveFunctions } from "../support/deployed-functions";
import type { Walk } from "../support/walk";

/** The layers are deployed one by one, and are what was built. */
export function deploymentSteps(walk: () => Walk): void {
  test.each(layers)("cdktf deploy %s-dev works as typed", async (layer) => {
    // As a person would have it: no ENVIRONMENT chosen, no flag for missing stacks.
    const env = { ...walk().local.cloud.env, ENVIRONMENT: undefined };
    expectSuccess(await cdktf(env, "deploy", `${layer}-dev`, "--auto-approve"));
  });

  test("the functions are the built zips, each under a role of its own, with the shared layer", async () => {
    await walk().enter();
    for (const { name, CodeSha256, role, layers } of await liveFunctions(walk().account.lambda, "dev")) {
      expect({ CodeSha256, role, layers }).toEqual({
        CodeSha256: builtHash(name),
        role: `tasks-dev-${name}`,
        layers: ["tasks-dev-dependencies"],
      });
    }
  });
}
