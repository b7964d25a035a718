import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { watchFiles } from "./watch-files";

test("saves within a short time are one change, other files none, and the watcher ends with the signal", async () => {
  const folder = mkdtempSync(join(tmpdir(), "watched-"));
  const stop = new AbortController();
  let calls = 0;
  let running = 0;
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const ended = watchFiles(
    {
      onReady,
      paths: [folder],
      isRelevant: (path) => path.endsWith(".ts") && (existsSync(path) || !path.endsWith("slow.ts")),
      settleMilliseconds: 100,
      onChange: async () => {
        expect(++running).toBe(1);
        await delay(existsSync(join(folder, "slow.ts")) ? 900 : 20);
        rmSync(join(folder, "slow.ts"), { force: true });
        calls += 1;
        running -= 1;
      },
    },
    stop.signal,
  );
  const untilCalls = async (count: number) => {
    while (calls < count) await delay(10);
  };
  await ready;
  writeFileSync(join(folder, "a.ts"), "1");
  await untilCalls(1);
  const before = calls;
  for (const name of ["a.ts", "b.ts", "c.ts"]) writeFileSync(join(folder, name), "2");
  await untilCalls(before + 1);
  writeFileSync(join(folder, "a.md"), "3");
  await delay(400);
  expect(calls).toBe(before + 1);
  // Changes during a call are one call afterwards.
  writeFileSync(join(folder, "slow.ts"), "4");
  while (running === 0) await delay(5);
  for (const text of ["5", "6", "7"]) {
    writeFileSync(join(folder, "a.ts"), text);
    await delay(250);
  }
  await untilCalls(before + 3);
  await delay(300);
  expect(calls).toBe(before + 3);
  stop.abort();
  await ended;
  rmSync(folder, { recursive: true });
});
