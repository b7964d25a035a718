import { flag, word } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Set the value of a secret that a task type declares.",
  details:
    "Functions use it within worker.secret_max_age_seconds of deploy/30_app, without a deployment. Reads the value from standard input, so that it is in no shell history.",
  examples: ["secret dev signing-key --random", "secret prod signing-key --aws --yes < value.txt"],
  arguments: { name: word("The secret's name, as a task type declares it.") },
  options: { random: flag("Generate the value: 32 random bytes in base64url.") },
  json: "the secret's id and its new version",
  confirms: "in run",
  does: (name, { name: secret }) => `set the secret ${secret} of ${name}`,
  validate: async ({ name }) => {
    (await import("../operations/secret-value.js")).secretArgument(name);
  },
  run: async ({ name, random }, { account, confirm }) => {
    const { readSecretValue, secretArgument } = await import("../operations/secret-value.js");
    const { setTaskSecret } = await import("../operations/set-secret.js");
    const secret = secretArgument(name);
    const value = await readSecretValue(random);
    await confirm(`Set the secret ${secret}?`);
    return setTaskSecret(account, secret, value);
  },
});
