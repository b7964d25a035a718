import { argument, oneOf } from "../../packages/command-line/src/arguments";
import { environment } from "../core/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Deploy",
  description:
    "Print the ARN and the region of the role that a workflow assumes, as outputs of a workflow's step.",
  arguments: {
    environment: environment(),
    role: argument("plan or deploy.", oneOf("roles", ["plan", "deploy"])),
  },
  run: async ({ environment: name, role }) => {
    const { workflowRole } = await import("../pipeline/workflow-role.js");
    console.log(await workflowRole(name, role));
  },
});
