import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { naming } from "../deploy/shared/naming";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";
import { randomValue, secretArgument, secretValue } from "./secrets/secret-value";
import { setSecret } from "./secrets/set-secret";

const usage = `npm run secret -- <environment> <name> [--random] [--yes]

Gives a secret that a task type declares its value, or a new one: functions use it within worker.secret_max_age_seconds
of deploy/30_app, without a deployment. Takes the value from standard input, so that it is in no shell history:

  pass show signing-key | npm run secret -- dev signing-key

Goes to AWS, or to the emulator that AWS_ENDPOINT_URL names.

  --random  make one up: 32 random bytes in base64url
  --yes     do not ask before touching AWS`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { random: { type: "boolean" }, yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const [environment, ...rest] = positionals;
  const name = environmentArgument(environment === undefined ? [] : [environment], usage);
  const secret = secretArgument(rest, usage);
  if (!values.random && process.stdin.isTTY)
    throw wrongUsage("Expected the value on standard input, found a terminal.", usage);
  const value = values.random ? randomValue() : secretValue(await text(process.stdin), usage);

  const { config, client, account, endpoint, isAws } = await environmentAccount(name);
  console.log(`Account ${account} at ${endpoint}, region ${config.core.region}:`);
  if (isAws && !values.yes) await confirmTarget(`Set the secret ${secret} of ${name}?`);
  const id = naming(config)(secret);
  const version = await setSecret(new SecretsManagerClient(client), id, value);
  console.log(`  ${id}: set, version ${version}; used within ${config.app.worker.secret_max_age_seconds} s`);
}

runMain(main);
