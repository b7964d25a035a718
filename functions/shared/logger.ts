import { Logger } from "@aws-lambda-powertools/logger";

type Values = Readonly<Record<string, unknown>>;

/** What the functions log with: one JSON object a line, the message and named values. */
export interface Log {
  readonly debug: (message: string, values?: Values) => void;
  readonly info: (message: string, values?: Values) => void;
  readonly warn: (message: string, values?: Values) => void;
  readonly error: (message: string, values?: Values) => void;
  /** A log whose lines all carry these values too. */
  readonly with: (values: Values) => Log;
}

interface LoggerEnvironment {
  readonly SERVICE_NAME: string;
  readonly LOG_LEVEL: "DEBUG" | "INFO" | "WARN" | "ERROR";
}

export const createLogger = ({ SERVICE_NAME, LOG_LEVEL }: LoggerEnvironment): Log =>
  carrying({}, new Logger({ serviceName: SERVICE_NAME, logLevel: LOG_LEVEL }));

/** Powertools' own children read the environment anew and make a console each: ten times the rest of a message's work. */
const carrying = (values: Values, logger: Logger): Log => ({
  debug: (message, more) => {
    logger.debug(message, { ...values, ...more });
  },
  info: (message, more) => {
    logger.info(message, { ...values, ...more });
  },
  warn: (message, more) => {
    logger.warn(message, { ...values, ...more });
  },
  error: (message, more) => {
    logger.error(message, { ...values, ...more });
  },
  with: (more) => carrying({ ...values, ...more }, logger),
});
