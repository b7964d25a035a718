import { option, string, integer } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

const pullRequestNumber = integer("the number of a pull request", 1, Number.MAX_SAFE_INTEGER);

export default defineCommand({
  group: "Deploy",
  description: "Write what the plans in a folder would change, as one comment on a pull request.",
  details:
    "Prints the comment without --pull-request. Reads GITHUB_REPOSITORY, GITHUB_TOKEN and, if it is set, GITHUB_API_URL.",
  options: {
    plans: string("folder", "The folder with a plan for each environment (plans)."),
    findings: string("file", "The output of the policy check."),
    environments: string("json", "A JSON array of environments; one without a plan is listed as failed."),
    "pull-request": option("number", "The pull request.", pullRequestNumber),
  },
  run: async ({ "pull-request": pullRequest, ...options }) => {
    const { publishComment } = await import("../pipeline/publish-comment.js");
    await publishComment({ ...options, pullRequest });
  },
});
