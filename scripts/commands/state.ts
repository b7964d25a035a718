import { layers } from "../../deploy/shared/layers";
import { argument, flag, oneOf, optional, word } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { wrongUsage } from "../core/errors";

export default defineCloudCommand({
  group: "Terraform state",
  description: "List the versions of a layer's state in S3, or restore an earlier one.",
  details:
    "restore writes the earlier version as a new one, under the state's lock. It changes what Terraform knows, not what is deployed.",
  examples: ["state dev core list", "state dev core restore <version> --aws"],
  arguments: {
    layer: argument(`The layer: ${layers.join(", ")}.`, oneOf("layers", layers)),
    action: argument("list or restore.", oneOf("actions", ["list", "restore"])),
    version: optional(word("The version to restore, as list prints it.")),
  },
  options: { standby: flag("The state of the layer in the second region.") },
  json: "the versions, or the restored one",
  confirms: "in run",
  does: (name, { layer, action }) => `${action} versions of the state of ${layer}-${name}`,
  validate: ({ action, version }) => {
    if ((action === "restore") !== (version !== undefined))
      throw wrongUsage("Expected list without a version, or restore with one.");
  },
  run: async ({ layer, version, standby }, target) => {
    const { printVersions, restoreVersion } = await import("../state/manage-versions.js");
    const { stackOf } = await import("../bootstrap/environment-stacks.js");
    const { secondRegionOf } = await import("../bootstrap/standby-account.js");
    const stack = stackOf(layer, standby ? secondRegionOf(target.account) : target.account);
    return version === undefined ? printVersions(stack) : restoreVersion(target, stack, version);
  },
});
