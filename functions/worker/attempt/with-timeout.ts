/** An attempt did not end before its deadline. */
export class TaskTimeoutError extends Error {
  override readonly name = "TaskTimeoutError";
}

/**
 * Waits for work until a deadline.
 * @param work gets a signal, which is aborted at the deadline
 * @throws {TaskTimeoutError} at the deadline
 * @throws {unknown} what the work throws before
 */
export async function withTimeout<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new TaskTimeoutError(`The attempt did not end within ${milliseconds / 1000} s`);
      controller.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
