import { Logger, LogLevelThreshold } from "@aws-lambda-powertools/logger";
import { asError } from "./as-error";
import { maskSecrets } from "./mask-secrets";

const { DEBUG, INFO, WARN, ERROR } = LogLevelThreshold;

type Values = Readonly<Record<string, unknown>>;

/**
 * What the functions log with: one JSON object a line, the message and named values. Values of secrets that the process
 * has read are masked in strings, though not in the names of values. Values that cannot be written, such as one whose
 * getter throws, are left out with a note: no line that a handler logs fails its attempt.
 */
export interface Log {
  debug(message: string, values?: Values): void;
  info(message: string, values?: Values): void;
  warn(message: string, values?: Values): void;
  error(message: string, values?: Values): void;
  /** A log whose lines all carry these values too. */
  with(values: Values): Log;
}

interface LoggerEnvironment {
  readonly SERVICE_NAME: string;
  readonly LOG_LEVEL: "DEBUG" | "INFO" | "WARN" | "ERROR";
}

export function createLogger({ SERVICE_NAME, LOG_LEVEL }: LoggerEnvironment): Log {
  const logger = new Logger({ serviceName: SERVICE_NAME, logLevel: LOG_LEVEL, jsonReplacerFn: loggable });
  return new CarryingLog(logger, logger.level);
}

function loggable(_name: string, value: unknown): unknown {
  if (typeof value === "string") return maskSecrets(value);
  return value instanceof Error ? asError(value) : value;
}

/**
 * Powertools' child loggers read the environment and create a console each: ten times the other work for a message.
 * Its loggers also read the environment for each line before they compare the level, so the level is compared here.
 */
class CarryingLog implements Log {
  constructor(
    private readonly logger: Logger,
    private readonly level: number,
    private readonly carried: Values = {},
    private readonly parent?: CarryingLog,
  ) {}

  debug(message: string, values?: Values) {
    if (this.level <= DEBUG) this.write("debug", message, values);
  }

  info(message: string, values?: Values) {
    if (this.level <= INFO) this.write("info", message, values);
  }

  warn(message: string, values?: Values) {
    if (this.level <= WARN) this.write("warn", message, values);
  }

  error(message: string, values?: Values) {
    if (this.level <= ERROR) this.write("error", message, values);
  }

  with(values: Values): Log {
    return new CarryingLog(this.logger, this.level, values, this);
  }

  private write(
    level: "debug" | "info" | "warn" | "error",
    message: string,
    values: Values | undefined,
  ): void {
    try {
      this.logger[level](message, this.all(values));
    } catch (error) {
      this.logger[level](message, this.all({ unwritable: asError(error) }));
    }
  }

  private all(values?: Values): Values {
    const own = { ...this.carried, ...values };
    return this.parent === undefined ? own : this.parent.all(own);
  }
}
