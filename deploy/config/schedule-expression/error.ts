/** An expression that EventBridge would reject: what was expected, and at which character. */
export class ScheduleExpressionError extends Error {
  override readonly name = "ScheduleExpressionError";

  /** @param index of the first character that is wrong, from 0 */
  constructor(
    readonly expected: string,
    readonly index: number,
  ) {
    super(`expected ${expected} at character ${index + 1}`);
  }
}
