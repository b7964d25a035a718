import type { TaskRepository } from "@serverless-tasks/functions/shared/tasks/task-repository";
import { layers, type Layer } from "../../deploy/shared/layers";
import type { Settings } from "../../deploy/testing/example-settings";
import type { StoreKind } from "../../deploy/emulator/local-store";
import { accountClients, type AccountClients } from "./account";
import { ApiClient } from "./api-client";
import { cdktfIn, expectSuccess } from "./command";
import { deployedStore, type DeployedStore } from "./deployed-store";
import { layerOutputs } from "./outputs";
import { Queue } from "./queue";
import { root } from "../../scripts/build/paths";
import { RepositoryCopy } from "../../scripts/testing/repository-copy";
import { testCloud, type TestCloud } from "./test-cloud";

/** The deployed service. */
export interface Service {
  readonly api: ApiClient;
  readonly tasks: Queue;
  readonly deadLetters: Queue;
  /** @throws {Error} when tasks are not stored */
  readonly store: DeployedStore;
  /** Reads and writes tasks as the functions do. @throws {Error} when tasks are not stored */
  readonly repository: TaskRepository;
}

/** An environment of the service on an emulator of its own, with its own port and folder. */
export class E2eEnvironment {
  private deployed: Omit<Service, "store" | "repository"> | undefined;
  private store: DeployedStore | undefined;
  private copy: RepositoryCopy | undefined;

  private constructor(
    readonly local: TestCloud,
    readonly account: AccountClients,
  ) {}

  /** @param store where tasks are stored; undefined when tfvars decide */
  static async open(environment: string, store?: StoreKind): Promise<E2eEnvironment> {
    const local = await testCloud(environment, store);
    return new E2eEnvironment(local, accountClients(local.cloud.target));
  }

  /** Later deployments are made from a copy of the repository, which the caller changes. */
  changeRepository(): RepositoryCopy {
    this.copy ??= new RepositoryCopy();
    return this.copy;
  }

  /** The folder that deployments are made from. */
  get repository(): string {
    return this.copy?.folder ?? root;
  }

  async dispose(): Promise<void> {
    this.copy?.dispose();
    await this.store?.close();
    await this.local.dispose();
  }

  /** Deploys all layers from `repository`, unless the service is deployed. */
  async deploy(): Promise<void> {
    if (this.deployed !== undefined) return;
    await this.apply();
    await this.findService();
  }

  /** Deploys all layers with other values in tfvars: HCL by setting, and undefined to remove it. */
  async deployWith(settings: Partial<Record<Layer, Settings>>): Promise<void> {
    const copy = this.changeRepository();
    for (const layer of layers)
      for (const [setting, value] of Object.entries(settings[layer] ?? {}))
        copy.setSetting(layer, this.local.cloud.config.name, setting, value);
    await this.apply();
  }

  /** Reads the outputs of the stacks, after a deployment by other means than `deploy`. */
  async findService(): Promise<void> {
    const output = await layerOutputs(this.local.cloud, this.local.home, "infra");
    this.deployed = {
      api: new ApiClient(output("api_endpoint"), this.local.cloud.target.endpoint),
      tasks: new Queue(this.account.sqs, output("task_queue_url")),
      deadLetters: new Queue(this.account.sqs, output("task_dead_letter_queue_url")),
    };
    await this.store?.close();
    this.store = deployedStore(this.local.cloud, this.account, output.optional("table_name"));
  }

  private async apply(): Promise<void> {
    const { env, config } = this.local.cloud;
    expectSuccess(await cdktfIn(this.repository, env, "deploy", `*-${config.name}`, "--auto-approve"));
  }

  get service(): Service {
    const { deployed, store } = this;
    if (deployed === undefined) throw new Error("The service is not deployed");
    const found = () => {
      if (store === undefined) throw new Error("The service does not store tasks");
      return store;
    };
    return {
      ...deployed,
      get store() {
        return found();
      },
      get repository() {
        return found().repository;
      },
    };
  }
}
