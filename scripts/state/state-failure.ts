import { StateLockedError } from "../../packages/terraform-backend/src/errors";
import { describeHolder, type LockInfo } from "../../packages/terraform-backend/src/state-lock";
import { TerraformOutput } from "../../packages/terraform-backend/src/terraform-output";
import { userError, type CommandError } from "../core/errors";
import { releaseCommand, repairCommand } from "./release-command";

/** @param stack such as `core-dev` */
const stateLocked = (stack: string, holder: LockInfo, env: NodeJS.ProcessEnv, cause: unknown) =>
  userError(
    `The state of ${stack} is locked: ${describeHolder(holder)}.`,
    "no other run on the same state: of several runs one continues, and the others end here",
    `wait for that run and try again; if it was killed: ${releaseCommand(environmentOf(stack), holder.ID, env)}`,
    cause,
  );

/** Names of environments have no hyphens; `core-dev-eu-west-1` is in the second region of dev. */
const environmentOf = (stack: string) => stack.split("-")[1] ?? stack;

/**
 * Waits for an operation on a stack's state.
 * @throws {CommandError} with the release command, when another run holds the lock
 */
export const unlessLocked = <T>(stack: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof StateLockedError) throw stateLocked(stack, error.holder, process.env, error);
    throw error;
  });

/** Recognizes a lock or a wrong digest in Terraform's output. */
export class StateFailure {
  private readonly output = new TerraformOutput();

  /** @param line without colours */
  read(line: string): void {
    this.output.read(line);
  }

  /**
   * @param stack `core-dev`
   * @param env environment of the Terraform that failed
   * @returns undefined when the state is not the cause
   */
  errorFor(stack: string, env: NodeJS.ProcessEnv, cause: unknown): CommandError | undefined {
    const { holder, hasWrongDigest } = this.output;
    if (holder !== undefined) return stateLocked(stack, holder, env, cause);
    if (!hasWrongDigest) return undefined;
    // Terraform: "state data in S3 does not have the expected content"
    return userError(
      `The state of ${stack} is not the one whose digest is in the lock table: a run was killed while it wrote the state.`,
      "a state and a digest that agree",
      `${repairCommand(environmentOf(stack), env)}, then try again`,
      cause,
    );
  }
}
