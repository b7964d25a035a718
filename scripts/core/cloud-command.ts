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

interface CloudCommandSpec<L extends Arguments, A extends Arguments, O extends Options> extends Omit<
  CommandSpec<A, O>,
  "run" | "cloud"
> {
  /** Arguments before the environment: `list` in `alarms list dev`. */
  readonly leading?: L;
  /** What the command does, for the line that names the account. */
  readonly does: (environment: string, values: Values<L, O> & Values<A, O>) => string;
  /**
   * When the user has to confirm a change in AWS: `never`, since the command changes nothing; `before` it runs; or
   * `in run`, after it has printed what it found.
   */
  readonly confirms: "never" | "before" | "in run";
  /** What `--yes` does, if it is more than to change AWS without a confirmation. */
  readonly yes?: string;
  /**
   * Validates values that depend on each other, or on the project, before the account is opened.
   * @throws {UsageError}
   */
  readonly validate?: (values: Values<L, O> & Values<A, O>) => Promise<void> | void;
  readonly run: (values: Values<L, O> & Values<A, O>, target: Target) => unknown;
}

/** The values that every cloud command has. */
interface CommonValues {
  readonly environment: string;
  readonly aws: boolean;
  readonly yes?: boolean;
}

export const awsOption = () =>
  flag("Use the AWS account that tfvars allow (or AWS_ENDPOINT_URL) instead of the local cloud.");
export const yesOption = (description = "Change AWS without a confirmation.") => flag(description);

/** Declares a command for the account of an environment: in the local cloud, or in AWS with `--aws`. */
export function defineCloudCommand<L extends Arguments, A extends Arguments, O extends Options>(
  spec: CloudCommandSpec<L, A, O>,
): Command {
  const { does, confirms, yes, validate, run, leading, arguments: args, options, ...declaration } = spec;
  const changes = confirms !== "never";
  return defineCommand({
    ...declaration,
    cloud: changes ? "changes" : "reads",
    arguments: { ...leading, environment: environment(), ...args },
    options: { ...options, aws: awsOption(), ...(changes && { yes: yesOption(yes) }) },
    run: async (given) => {
      // The declared arguments and options are among those that were parsed.
      const values = given as unknown as Values<L, O> & Values<A, O> & CommonValues;
      const { environment: name, aws, yes: isConfirmed = false } = values;
      await validate?.(values);
      // Imported here, so that help does not load the AWS SDK.
      const { openTarget } = await import("./target.js");
      const target = await openTarget({ environment: name, aws, yes: isConfirmed, does: does(name, values) });
      if (confirms === "before") await target.confirm("Continue?");
      return run(values, target);
    },
  });
}
