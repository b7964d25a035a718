import { parseLockInfo, type LockInfo } from "./state-lock";

const lockRefused = /Error acquiring the state lock/;
/** Terraform frames its errors: `│   Who:       root@build-7` */
const field = /^\W*(ID|Operation|Who|Created):\s+(\S.*)$/;
const goTime = /^(\S+) (\S+) \+0000 UTC$/;
/** Terraform 1.11 to 1.14, internal/backend/remote-state/s3/client.go; either may be first on a line of a wrapped message. */
const wrongDigest = /state data in S3 does not have the expected|checksum calculated for the state/;

/** Recognizes a lock or a wrong digest in Terraform's output. */
export class TerraformOutput {
  /** True when the state is not the one whose digest is in the lock table. */
  hasWrongDigest = false;
  private isLockRefused = false;
  private readonly fields = new Map<string, string>();

  /** @param line without colours */
  read(line: string): void {
    this.hasWrongDigest ||= wrongDigest.test(line);
    this.isLockRefused ||= lockRefused.test(line);
    const [, name, value] = (this.isLockRefused && field.exec(line)) || [];
    if (name !== undefined && value !== undefined && !this.fields.has(name))
      this.fields.set(name, value.replace(goTime, "$1T$2Z"));
  }

  /** Who holds the lock; undefined when it was free, or Terraform did not print its holder. */
  get holder(): LockInfo | undefined {
    return this.fields.has("ID") ? parseLockInfo(JSON.stringify(Object.fromEntries(this.fields))) : undefined;
  }
}
