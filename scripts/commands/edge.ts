import { argument, oneOf } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Rotate the secret that CloudFront sends to the API, without a failed request.",
  details:
    "Sets a new value in Secrets Manager, waits until each function has read it (edge.secret_max_age_seconds of deploy/20_infra), and then lets CloudFront send it. The API accepts the value before as well. After an interruption, run it again: it continues. The first run sets the first value.",
  examples: ["edge rotate-secret dev", "edge rotate-secret prod --aws --yes"],
  leading: { action: argument("rotate-secret.", oneOf("actions", ["rotate-secret"])) },
  json: "the secret's id, and whether a rotation was continued",
  confirms: "before",
  does: (name) => `rotate the origin's secret of ${name}`,
  run: async (_values, { account }) => {
    const { rotateOriginSecret } = await import("../operations/origin-secret.js");
    return rotateOriginSecret(account);
  },
});
