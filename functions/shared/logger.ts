import { Logger } from "@aws-lambda-powertools/logger";

/** What the functions log with: one JSON object a line, the message and named values. */
export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "createChild">;

interface LoggerEnvironment {
  readonly SERVICE_NAME: string;
  readonly LOG_LEVEL: "DEBUG" | "INFO" | "WARN" | "ERROR";
}

export const createLogger = ({ SERVICE_NAME, LOG_LEVEL }: LoggerEnvironment) =>
  new Logger({ serviceName: SERVICE_NAME, logLevel: LOG_LEVEL });
