import type { Target } from "../core/target";
import { concurrencyShortage } from "../preflight/lambda-concurrency";
import { ensureStateStorage } from "./state-storage";

/** Creates or corrects the storage of an environment's state, and prints what it did. */
export async function bootstrap({ account, confirm }: Target, dryRun: boolean): Promise<void> {
  if (!dryRun) await confirm(`Create or change them in account ${account.account}?`);
  const report = (line: string) => {
    console.log(`  ${line}`);
  };
  await ensureStateStorage({ ...account, report }, !dryRun);
  const shortage = await concurrencyShortage(account);
  if (shortage !== undefined) console.warn(`\nBefore the app layer is deployed:\n${shortage.message}`);
}
