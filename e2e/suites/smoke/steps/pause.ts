import * as z from "zod";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { eventually } from "../../../support/eventually";
import { jsonCommands } from "../../../support/json-commands";
import { devPrefix } from "../../../support/names";

const status = z.object({ sources: z.unknown() });

/** The service is paused and resumed by `npm run cli`. */
export function pauseSteps(e2e: () => E2eEnvironment): void {
  const { outputOf } = jsonCommands(e2e);

  test("a paused service accepts tasks, status prints why, and the tasks run once it is resumed", async () => {
    const { api, tasks } = e2e().service;
    const { sources } = status.parse(await outputOf("status", "dev"));
    const reason = "a test of the pause";
    const worker = { kind: "mapping", name: `${devPrefix}-worker` };
    const paused = expect.objectContaining({ reason }) as object;
    expect(await outputOf("pause", "dev", reason)).toContainEqual({ ...worker, enabled: false, paused });
    try {
      const { id } = await api.create("echo", { message: "paused" });
      await eventually("the message waits in the queue", 20, async () =>
        (await tasks.size()) > 0 ? true : undefined,
      );
      expect(await outputOf("status", "dev")).toMatchObject({
        functions: expect.arrayContaining([
          expect.objectContaining({ name: worker.name, live: expect.anything() as object }),
        ]) as object,
        sources: expect.arrayContaining([{ ...worker, enabled: false, paused }]) as object,
      });
      expect((await api.get(id)).state).not.toBe("succeeded");
      expect(await outputOf("resume", "dev")).toContainEqual({ ...worker, enabled: true });
      expect(await api.until(id, "succeeded", 30)).toMatchObject({ attempts: 1 });
    } finally {
      await outputOf("resume", "dev");
    }
    expect(await outputOf("status", "dev")).toMatchObject({ sources });
  });
}
