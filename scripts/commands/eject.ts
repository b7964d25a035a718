import { word } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Deploy",
  description: "Write every stack of every environment as plain Terraform (HCL).",
  details:
    "Writes <folder>/<environment>/<layer>/*.tf, one file for each concept, with the zips that the functions run. It calls no cloud. Resources keep their addresses and states their location: terraform init and terraform plan in such a folder find what cdktf has applied, and nothing to change. The stacks are for AWS, or for the emulator that AWS_ENDPOINT_URL names.",
  arguments: { folder: word("A folder that does not exist or is empty.") },
  run: async ({ folder }) => {
    const { eject } = await import("../build/eject.js");
    await eject(folder);
  },
});
