import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { Phases } from "../packages/local-cloud/src/phases";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";
import { makePlan } from "./pipeline/make-plan";
import { concurrencyShortage } from "./preflight/lambda-concurrency";
import { counts } from "./pipeline/plan-summary";

const usage = `npm run plan -- <environment> [--out plans/<environment>] [--lock-timeout 10]

Plans all layers of an environment into a folder, which npm run apply takes. Goes to AWS, or to the emulator that
AWS_ENDPOINT_URL names. Works before the environment exists: a layer whose lower layer was never applied is planned on
placeholders, and cannot be applied. It takes no lock and writes no state. Warns when the account's Lambda quota is too
small for what tfvars reserve.

  --lock-timeout  how many minutes to wait, at most, for a run that holds the lock`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string" }, "lock-timeout": { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const timeout = values["lock-timeout"];
  const minutes = timeout === undefined ? undefined : minutesOption(timeout);
  const folder = resolve(values.out ?? `plans/${name}`);
  const account = await environmentAccount(name);
  const shortage = await concurrencyShortage(account);
  if (shortage !== undefined)
    console.warn(`warning: npm run apply will refuse this plan.\n${shortage.message}\n`);
  const layers = await new Phases().run("plan", (report) =>
    makePlan({ account, folder, report, ...(minutes !== undefined && { lockTimeoutMinutes: minutes }) }),
  );
  for (const summary of layers) {
    const { create, change, replace, destroy } = counts(summary);
    const stands =
      summary.stands === "firm"
        ? ""
        : ` (${summary.stands}, since ${summary.because ?? "?"} is not there yet)`;
    console.log(
      `  ${summary.layer.padEnd(5)} ${create} to create, ${change} to change, ${replace} to replace, ${destroy} to destroy${stands}`,
    );
  }
}

function minutesOption(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw wrongUsage(`Expected --lock-timeout in minutes, found "${text}".`, usage);
}

runMain(main);
