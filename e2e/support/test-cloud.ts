import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../scripts/build/build";
import { localHome, type Home } from "../../packages/local-cloud/src/home";
import { openLocalCloud, type LocalCloud } from "../../scripts/local/local-cloud";
import { Phases } from "../../packages/local-cloud/src/phases";
import { freePort } from "../../packages/aws-stub/src/loopback";

/** A local cloud with a home and a port of its own, which a test may stop and open again. */
export interface TestCloud {
  readonly home: Home;
  readonly port: number;
  /** The cloud while it is open. */
  readonly cloud: LocalCloud;
  readonly open: (environment?: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Stops it and forgets everything it held. */
  readonly dispose: () => Promise<void>;
}

/** Opens an empty cloud in an environment's account, by the same code that `npm start` runs. */
export async function testCloud(environment: string): Promise<TestCloud> {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
  const home = localHome({ ...process.env, LOCAL_CLOUD_HOME: folder });
  const port = await freePort();
  const phases = new Phases(() => undefined);
  let cloud: LocalCloud | undefined;
  const stop = async () => {
    await cloud?.close();
    cloud = undefined;
  };
  const test: TestCloud = {
    home,
    port,
    get cloud() {
      if (cloud === undefined) throw new Error("The test's cloud is not open");
      return cloud;
    },
    open: async (opened = environment) => {
      cloud = await openLocalCloud({ home, environment: opened, port, phases });
    },
    stop,
    dispose: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await build();
  await test.open();
  return test;
}
