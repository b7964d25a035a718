import { flag, type Argument, type Option } from "../../packages/command-line/src/arguments";
import {
  defineCommand,
  type Command,
  type CommandSpec,
  type Values,
} from "../../packages/command-line/src/define-command";
import { environment } from "./arguments";
import type { Target } from "./target";

type Arguments = Readonly<Record<string, Argument<unknown>>>;
type Options = Readonly<Record<string, Option<unknown>>>;

interface CloudCommandSpec<A extends Arguments, O extends Options> extends Omit<
  CommandSpec<A, O>,
  "run" | "cloud"
> {
  /** What the command does, for the line that names the account. */
  readonly does: (environment: string, values: Values<A, O>) => string;
  /**
   * When the user has to confirm a change in AWS: `never`, since the command changes nothing; `before` it runs; or
   * `in run`, after it has printed what it found.
   */
  readonly confirms: "never" | "before" | "in run";
  /**
   * Validates values that depend on each other, or on the project, before the account is opened.
   * @throws {UsageError}
   */
  readonly validate?: (values: Values<A, O>) => Promise<void> | void;
  readonly run: (values: Values<A, O>, target: Target) => Promise<void>;
}

/** The values that every cloud command has. */
interface CommonValues {
  readonly environment: string;
  readonly aws: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export const awsOption = () =>
  flag("Use the AWS account that tfvars allow (or AWS_ENDPOINT_URL) instead of the local cloud.");
export const yesOption = () => flag("Change AWS without a confirmation.");

/** Declares a command for the account of an environment: in the local cloud, or in AWS with `--aws`. */
export function defineCloudCommand<A extends Arguments, O extends Options>(
  spec: CloudCommandSpec<A, O>,
): Command {
  const { does, confirms, validate, run, arguments: args, options, ...declaration } = spec;
  const changes = confirms !== "never";
  return defineCommand({
    ...declaration,
    cloud: changes ? "changes" : "reads",
    arguments: { environment: environment(), ...args },
    options: { ...options, aws: awsOption(), ...(changes && { yes: yesOption() }) },
    run: async (given) => {
      // The declared arguments and options are among those that were parsed.
      const values = given as unknown as Values<A, O> & CommonValues;
      const { environment: name, aws, yes = false, json = false } = values;
      await validate?.(values);
      // Imported here, so that help does not load the AWS SDK.
      const { openTarget } = await import("./target.js");
      const print = json ? console.error : console.log;
      const target = await openTarget({ environment: name, aws, yes, does: does(name, values), print });
      if (confirms === "before") await target.confirm("Continue?");
      await run(values, target);
    },
  });
}
