import type { CommandError } from "../core/errors";
import { digestWrong, stateLocked } from "./errors";
import { LockError } from "./lock-error";
import { releaseCommand, repairCommand } from "./release-command";

/** Terraform 1.11 to 1.14, internal/backend/remote-state/s3/client.go; either may be the first that fits on a line. */
const wrongDigest = /state data in S3 does not have the expected|checksum calculated for the state/;

/** Finds in what Terraform prints why it could not use a state. */
export class StateFailure {
  private readonly lock = new LockError();
  private hasWrongDigest = false;

  /** @param line without colours */
  read(line: string): void {
    this.lock.read(line);
    this.hasWrongDigest ||= wrongDigest.test(line);
  }

  /**
   * @param stack `core-dev`
   * @param env of the Terraform that failed
   * @returns undefined when the state was not the reason
   */
  errorFor(stack: string, env: NodeJS.ProcessEnv, cause: unknown): CommandError | undefined {
    const environment = stack.replace(/^\w+-/, "");
    const { holder } = this.lock;
    if (holder !== undefined)
      return stateLocked(stack, holder, releaseCommand(environment, holder.ID, env), cause);
    return this.hasWrongDigest ? digestWrong(stack, repairCommand(environment, env), cause) : undefined;
  }
}
