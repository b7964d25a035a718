import { stripVTControlCharacters } from "node:util";

/** Terraform's line for a completed resource. */
const done = /(\w+)\.\S+: (Creation|Modifications|Destruction) complete after/;
const planned = /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/;
const waiting = /(\w+)\.\S+: Still (creating|modifying|destroying)\.\.\. \[(\S+) elapsed\]/;
const applied = /(?:Apply|Destroy) complete! Resources: (.*)/;
const unchanged = /No changes\. Your infrastructure matches the configuration/;
/** Condenses the output of cdktf and Terraform to one line per completed resource. */
export class TerraformProgress {
  /** The stack of the latest line, such as `core-dev`. */
  stack = "";
  private finished = 0;
  private total = 0;
  private readonly stackName: RegExp;

  /** @param stacks the first parts of the names of stacks, with which cdktf prefixes the first line of each group */
  constructor(stacks: readonly string[]) {
    this.stackName = new RegExp(`^((?:${stacks.join("|")})-[a-z0-9-]+) +`);
  }

  /** @returns the progress that a line of output reports; undefined if it reports none */
  read(rawLine: string): string | undefined {
    const line = stripVTControlCharacters(rawLine);
    this.stack = this.stackName.exec(line)?.[1] ?? this.stack;
    const news = this.newsOf(line);
    return news === undefined ? undefined : `${this.stack.padEnd(11)} ${news}`;
  }

  private newsOf(line: string): string | undefined {
    const plan = planned.exec(line);
    if (plan) {
      this.finished = 0;
      this.total = plan.slice(1).reduce((sum, count) => sum + Number(count), 0);
      return `${this.total} to do`;
    }
    const [, type] = done.exec(line) ?? [];
    if (type !== undefined) return `${++this.finished} of ${this.total} done: ${type}`;
    const [, slow, , elapsed] = waiting.exec(line) ?? [];
    if (slow !== undefined)
      return `${this.finished} of ${this.total} done, waiting for ${slow} (${elapsed ?? ""})`;
    if (unchanged.test(line)) return "nothing to do";
    return applied.exec(line)?.[1]?.trim();
  }
}
