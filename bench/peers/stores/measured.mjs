import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

const metrics = new Metrics({ namespace: "tasks", serviceName: process.env.SERVICE_NAME });

export const count = () => {
  metrics.addMetric("response", MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
};
