import { flag, string } from "../../packages/command-line/src/arguments";
import { environment, port } from "../core/arguments";
import { awsOption, yesOption } from "../core/cloud-command";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Deploy",
  description: "Destroy an environment's three layers, the top one first.",
  details:
    "Without --aws it is the copy that npm start has deployed on this machine; npm start must not be running. An environment whose tfvars have protected = true is not destroyed, locally or in AWS.",
  alias: "npm run destroy",
  examples: ["destroy dev", "destroy dev --aws"],
  cloud: "changes",
  json: "the stacks that were destroyed",
  arguments: { environment: environment() },
  options: {
    aws: awsOption(),
    yes: yesOption(),
    "keep-core": flag(
      "Keep the core layer, with the roles of the workflows: they cannot destroy themselves.",
    ),
    confirm: string("environment", "The environment's name again, for a workflow that is started by hand."),
    port: port(),
  },
  run: async ({ environment: name, aws, yes, "keep-core": keepCore, confirm, port: given }) => {
    const { assertDestroyable, destroyAtAws, destroyLocally } = await import("../operations/destroy.js");
    await assertDestroyable(name, confirm);
    const { chosenPort } = await import("../operations/serve-options.js");
    if (!aws) return destroyLocally(name, chosenPort(given));
    const { openTarget } = await import("../core/target.js");
    return destroyAtAws(await openTarget({ environment: name, aws, yes, does: `destroy ${name}` }), keepCore);
  },
});
