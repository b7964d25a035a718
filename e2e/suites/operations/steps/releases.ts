import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { liveAlias } from "../../../../deploy/shared/naming";
import { deployedReleases } from "../../../../packages/lambda-release/src/rollback";
import { localClientConfig } from "../../../../packages/local-cloud/src/aws-clients";
import { functionNames, root } from "../../../../scripts/build/paths";
import { releaseNote } from "../../../../scripts/operations/releases";
import { RepositoryCopy } from "../../../../scripts/testing/repository-copy";
import { cdktfIn, expectSuccess } from "../../../support/command";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { jsonCommands } from "../../../support/json-commands";
import { devPrefix } from "../../../support/names";
import { plannedChanges } from "../../../support/plan";

/** A failed delivery is repeated after that time: in AWS it is six times the timeout of the worker. */
const visibilitySeconds = 20;
const tasks = 20;
const functionName = (name: string) => `${devPrefix}-${name}`;
const worker = functionName("worker");
const printed = z.looseObject({ rolledBack: z.literal(false) });
/** A deployment, and plans. */
const mostMilliseconds = 900_000;

/** New versions become live by releases, and `npm run cli -- rollback` returns to an earlier one. */
export function releaseSteps(e2e: () => E2eEnvironment): void {
  const { cli, outputOf } = jsonCommands(e2e);
  const releases = () => deployedReleases(e2e().account.lambda, liveAlias, functionNames.map(functionName));
  const deployFrom = (folder: string) =>
    cdktfIn(folder, e2e().local.cloud.env, "deploy", "app-dev", "--auto-approve");
  const planned = () => plannedChanges(e2e().local.cloud, e2e().local.home, ["app"]);
  const createTasks = () =>
    Promise.all(
      Array.from({ length: tasks }, (_, at) =>
        e2e().service.api.create("echo", { message: `release ${at}` }),
      ),
    );
  const expectDone = async (created: readonly { readonly id: string }[]) => {
    for (const { id } of created)
      expect(await e2e().service.api.until(id, "succeeded", 120)).toMatchObject({ state: "succeeded" });
  };

  test(
    "a version that fails for messages of the queue is live for less than 60 s, and all accepted tasks succeed",
    async () => {
      const before = await releases();
      const copy = new RepositoryCopy();
      try {
        // Direct invocations succeed: only the check through the queue finds it, once the aliases are moved.
        copy.edit(
          "functions/worker/index.ts",
          "latest = Records;",
          'if (Records.some(({ eventSourceARN }) => eventSourceARN)) throw new Error("bad version");\n  latest = Records;',
        );
        await e2e().service.tasks.withVisibilityTimeout(visibilitySeconds, async () => {
          const live = observe(async () => (await releases()).live[worker] !== before.live[worker]);
          const [{ exitCode, stdout, stderr }, created] = await Promise.all([
            deployFrom(copy.folder),
            createTasks(),
          ]);
          const seconds = await live.stop();
          expect(exitCode).not.toBe(0);
          expect(`${stdout}${stderr}`).toContain("The aliases were moved back: ");
          expect(seconds).toBeGreaterThan(0);
          expect(seconds).toBeLessThan(60);
          await expectDone([...created, ...(await createTasks())]);
        });
      } finally {
        copy.dispose();
      }
      const after = await releases();
      expect(after.live).toEqual(before.live);
      expect(after.published[worker]).not.toBe(before.published[worker]);
      expect(after.releases[0]).toMatchObject({ state: "bad", versions: after.published });
      expect(await planned()).toContainEqual(
        expect.stringMatching(/^app-dev: delete and create terraform_data\./),
      );
    },
    mostMilliseconds,
  );

  test(
    "a rollback returns to the last good release, and Terraform plans no changes after it",
    async () => {
      expectSuccess(await deployFrom(root));
      const before = await releases();
      expect(before.live).toEqual(before.published);
      const dryRun = printed.parse(await outputOf("rollback", "dev", "--dry-run"));
      expect((await releases()).live).toEqual(before.live);
      const created = createTasks();
      const started = performance.now();
      const result = await outputOf("rollback", "dev", "--reason", "a test");
      expect(performance.now() - started).toBeLessThan(60_000);
      expect(result).toEqual({ ...dryRun, rolledBack: true });
      const after = await releases();
      expect(after.live).toEqual(after.releases.find(({ number }) => number === after.liveRelease)?.versions);
      expect(after.live[worker]).not.toBe(before.live[worker]);
      expect(after.releases[0]).toMatchObject({
        ...{ number: before.liveRelease, state: "bad" },
        reason: "rolled back: a test",
      });
      await expectDone(await created);
      // Neither the rollback nor an apply without new versions moves the aliases.
      expect(await planned()).toEqual([]);
      const { config, target } = e2e().local.cloud;
      expect(await releaseNote({ config, client: localClientConfig(target) })).toContain(
        `(release ${after.liveRelease ?? "?"}); published: `,
      );
      const again = await cli("rollback", "dev");
      expect(again.exitCode).toBe(1);
      expect(await outputOf("versions", "dev")).toEqual(after);
    },
    mostMilliseconds,
  );
}

/** Counts the seconds during which a condition holds, until it is stopped. */
function observe(holds: () => Promise<boolean>) {
  const controller = new AbortController();
  const counted = (async () => {
    let [first, last] = [0, 0];
    while (!controller.signal.aborted) {
      if (await holds()) {
        last = Date.now();
        if (first === 0) first = last;
      }
      await delay(250);
    }
    return (last - first) / 1000;
  })();
  return {
    stop: () => {
      controller.abort();
      return counted;
    },
  };
}
