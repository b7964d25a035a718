import { stripVTControlCharacters } from "node:util";

/** What Terraform says of one resource when it is done with it. */
const done = /(\w+)\.\S+: (Creation|Modifications|Destruction) complete after/;
const planned = /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/;
const waiting = /(\w+)\.\S+: Still (creating|modifying|destroying)\.\.\. \[(\S+) elapsed\]/;
const applied = /(?:Apply|Destroy) complete! Resources: (.*)/;
const unchanged = /No changes\. Your infrastructure matches the configuration/;
/** cdktf puts the stack's name before the first line of each group. */
const stackName = /^((?:core|infra|app)-[a-z0-9-]+) +/;

/** Condenses what cdktf and Terraform print to one line for each thing that is done. */
export class TerraformProgress {
  /** The stack that was last heard of, e.g. `core-dev`. */
  stack = "";
  private finished = 0;
  private total = 0;

  /** @returns the news of a line of output, or undefined when it has none */
  read(rawLine: string): string | undefined {
    const line = stripVTControlCharacters(rawLine);
    this.stack = stackName.exec(line)?.[1] ?? this.stack;
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
