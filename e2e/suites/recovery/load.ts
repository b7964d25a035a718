import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "../../support/api-client";

/** The service in two regions. */
interface LoadedService {
  readonly api: (region: string) => ApiClient;
  /** Whether Lambda would not run a region's API. */
  readonly isThrottled: (region: string) => Promise<boolean>;
  /** The ids of accepted tasks, to which the load adds its own. */
  readonly accepted: string[];
}

/** A client that moves to the other region when one does not accept its request, as one that follows the DNS name. */
export class Load {
  private isRunning = true;
  private readonly running: Promise<void>;
  readonly acceptedIn = new Map<string, number>();

  constructor(
    private readonly regions: readonly string[],
    private readonly service: LoadedService,
  ) {
    this.running = this.run();
  }

  async end(): Promise<void> {
    this.isRunning = false;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.isRunning) {
      await Promise.all(Array.from({ length: 4 }, () => this.create()));
      await delay(50);
    }
  }

  private async create(): Promise<void> {
    const body = { type: "echo", payload: { message: "during a failover" } };
    for (const region of this.regions) {
      if (await this.service.isThrottled(region)) continue;
      const response = await this.service.api(region).call("POST", "/tasks", body);
      if (response.status !== 202) continue;
      this.service.accepted.push(((await response.json()) as { id: string }).id);
      this.acceptedIn.set(region, (this.acceptedIn.get(region) ?? 0) + 1);
      return;
    }
  }
}
