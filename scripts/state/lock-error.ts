import { parseLockInfo, type LockInfo } from "./state-lock";

const begin = /Error acquiring the state lock/;
/** Terraform frames its errors: `│   Who:       root@build-7` */
const field = /^\W*(ID|Operation|Who|Created):\s+(\S.*)$/;
const goTime = /^(\S+) (\S+) \+0000 UTC$/;

/** Finds in what Terraform prints the lock that it could not get. */
export class LockError {
  private begun = false;
  private readonly fields = new Map<string, string>();

  /** @param line without colours */
  read(line: string): void {
    this.begun ||= begin.test(line);
    const [, name, value] = (this.begun && field.exec(line)) || [];
    if (name !== undefined && value !== undefined && !this.fields.has(name))
      this.fields.set(name, value.replace(goTime, "$1T$2Z"));
  }

  /** Who holds it; undefined when no lock was in the way, or Terraform did not say whose. */
  get holder(): LockInfo | undefined {
    return this.fields.has("ID") ? parseLockInfo(JSON.stringify(Object.fromEntries(this.fields))) : undefined;
  }
}
