import { loadEnvironment } from "../deploy/config/load-environment";
import { namePrefix } from "../deploy/shared/naming";
import { partitionOf } from "../deploy/shared/aws-partition";
import { environmentArgument } from "./local/arguments";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";

const usage = `npm run role -- <environment> <plan|deploy>

Prints the ARN of the role that a workflow assumes, and its region, as outputs of a workflow's step.`;

runMain(async () => {
  const [environment, role, ...rest] = process.argv.slice(2);
  const name = environmentArgument(environment === undefined ? [] : [environment], usage);
  if ((role !== "plan" && role !== "deploy") || rest.length > 0)
    throw wrongUsage(`Expected plan or deploy, found "${[role, ...rest].join(" ")}".`, usage);
  const config = await loadEnvironment(name);
  const { region, allowed_account_ids } = config.core;
  const [account = ""] = allowed_account_ids;
  console.log(`arn=arn:${partitionOf(region)}:iam::${account}:role/${namePrefix(config)}-${role}`);
  console.log(`region=${region}`);
});
