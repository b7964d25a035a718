import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { accountClients, type AccountClients } from "./account";
import { ApiClient } from "./api-client";
import { cdktfIn, expectSuccess } from "./command";
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
  /** Reads and writes the table as the functions do. */
  readonly repository: DynamoTaskRepository;
}

/** An environment of the service on an emulator of its own, with its own port and folder. */
export class E2eEnvironment {
  private deployed: Service | undefined;
  private copy: RepositoryCopy | undefined;

  private constructor(
    readonly local: TestCloud,
    readonly account: AccountClients,
  ) {}

  static async open(environment: string): Promise<E2eEnvironment> {
    const local = await testCloud(environment);
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
    await this.local.dispose();
  }

  /** Deploys all layers from `repository`, unless the service is deployed. */
  async deploy(): Promise<void> {
    if (this.deployed !== undefined) return;
    const { env, config } = this.local.cloud;
    expectSuccess(await cdktfIn(this.repository, env, "deploy", `*-${config.name}`, "--auto-approve"));
    await this.findService();
  }

  /** Reads the outputs of the stacks, after a deployment by other means than `deploy`. */
  async findService(): Promise<void> {
    const output = await layerOutputs(this.local.cloud, this.local.home, "infra");
    this.deployed = {
      api: new ApiClient(output("api_endpoint"), this.local.cloud.target.endpoint),
      tasks: new Queue(this.account.sqs, output("task_queue_url")),
      deadLetters: new Queue(this.account.sqs, output("task_dead_letter_queue_url")),
      repository: new DynamoTaskRepository(
        DynamoDBDocumentClient.from(this.account.dynamodb),
        output("table_name"),
      ),
    };
  }

  get service(): Service {
    if (this.deployed === undefined) throw new Error("The service is not deployed");
    return this.deployed;
  }
}
