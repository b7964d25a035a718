import { Logger } from "@aws-lambda-powertools/logger";

const logger = new Logger({ serviceName: process.env.SERVICE_NAME, logLevel: process.env.LOG_LEVEL });

export const log = (method, path, status) => {
  logger.info("response", { requestId: "bench", method, path, status });
};
