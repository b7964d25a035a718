import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { watchFiles } from "./watch-files";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "watched-"))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("relevant files, new and changed, are reported from ready until the signal; others are not", async () => {
  const stop = new AbortController();
  const seen = { calls: 0, relevant: 0, other: 0 };
  const until = async (isReached: () => boolean) => {
    while (!isReached()) await delay(10);
  };
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
  };
  let onReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  const ended = watchFiles(
    {
      onReady,
      paths: [folder],
      isRelevant: (path) => {
        const isRelevant = path.endsWith(".ts");
        seen[isRelevant ? "relevant" : "other"] += 1;
        return isRelevant;
      },
      settleMilliseconds: 1,
      onChange: () => {
        seen.calls += 1;
        return Promise.resolve();
      },
    },
    stop.signal,
  );
  await ready;
  write("a.ts", "1");
  await until(() => seen.calls > 0);
  const { calls } = seen;
  write("a.md", "1");
  await until(() => seen.other > 0);
  write("a.md", "2");
  await until(() => seen.other > 1);
  write("a.ts", "2");
  await until(() => seen.calls > calls);
  stop.abort();
  await ended;
  expect(seen.calls).toBeLessThanOrEqual(seen.relevant);
  const atEnd = { ...seen };
  write("a.ts", "3");
  await delay(200);
  expect(seen).toEqual(atEnd);
});
