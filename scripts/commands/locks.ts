import { string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Terraform state",
  description: "List who holds the locks of an environment's states, and since when, or release one.",
  examples: ["locks dev", "locks dev --aws --release <id>"],
  options: {
    release: string("id", "Release that lock. Only when its holder has ended: two writers destroy a state."),
  },
  json: "the locks",
  confirms: "in run",
  does: (name, { release }) => (release === undefined ? `locks of ${name}` : `release a lock of ${name}`),
  run: async ({ release }, target) => {
    const { printLocks, releaseLockById } = await import("../state/locks.js");
    const locks = await printLocks(target.account);
    if (release !== undefined) await releaseLockById(target, locks, release);
    return locks;
  },
});
