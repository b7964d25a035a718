import type { TaskContext } from "./task-type";
import type { TimeLimit } from "./time-limit";

/** What a handler is given. A class, since an object with a getter of its own takes ten times as long to make. */
export class AttemptContext implements TaskContext {
  readonly taskId: TaskContext["taskId"];
  readonly attempt: TaskContext["attempt"];
  readonly log: TaskContext["log"];
  readonly now: TaskContext["now"];
  readonly tasksSince: TaskContext["tasksSince"];
  readonly secret: TaskContext["secret"];

  constructor(
    { taskId, attempt, log, now, tasksSince, secret }: Omit<TaskContext, "signal">,
    private readonly limit: TimeLimit,
  ) {
    this.taskId = taskId;
    this.attempt = attempt;
    this.log = log;
    this.now = now;
    this.tasksSince = tasksSince;
    this.secret = secret;
  }

  get signal(): AbortSignal {
    return this.limit.signal;
  }
}
