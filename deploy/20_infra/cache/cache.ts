import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import type { CacheConfig } from "../../config/schemas/cache";
import { metricsOf, type AlarmDefinitions, type Alarms } from "../../shared/alarms";
import type { Naming } from "../../shared/naming";
import { functionsOnlyGroup } from "../network/functions-only-group";
import type { Network } from "../network/network";

export interface CacheProps {
  readonly nameOf: Naming;
  readonly core: CoreOutputs;
  readonly config: CacheConfig;
  readonly network: Network;
  readonly alarms: Alarms;
}

const port = 6379;

/** ElastiCache Serverless with Valkey, which the functions reach in the network, with TLS. */
export class Cache extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { nameOf, core, config, network, alarms }: CacheProps) {
    super(scope, id);
    const name = nameOf("cache");
    const groupId = functionsOnlyGroup(this, { what: "cache", name, network, port });
    const cache = new ElasticacheServerlessCache(this, "Resource", {
      name,
      engine: "valkey",
      majorEngineVersion: "8",
      description: "Counts the requests of each caller",
      subnetIds: Object.values(network.subnetIds),
      securityGroupIds: [groupId],
      kmsKeyId: core.key_arn,
      cacheUsageLimits: [
        {
          dataStorage: [{ maximum: config.max_storage_gb, unit: "GB" }],
          ecpuPerSecond: [{ maximum: config.max_ecpu_per_second }],
        },
      ],
    });
    const metric = metricsOf("AWS/ElastiCache", { clusterId: name });
    const definitions: AlarmDefinitions = {
      "cache-throttles": {
        summary: "The cache throttles the functions, so that callers are not limited",
        ...{ metrics: [metric("ThrottledCmds")], above: 0, datapoints: [2, 3] },
      },
    };
    alarms.add(cache, name, definitions, {
      "units (cost)": [metric("ElastiCacheProcessingUnits")],
      "stored bytes (cost)": [metric("BytesUsedForCache", "Average")],
    });
    this.url = `rediss://${cache.endpoint.get(0).address}:${port}`;
  }
}
