/** What a service knows about one of its messages. */
export interface MessageDescription {
  /** What the message is about, such as the id of a task. */
  readonly id?: string | undefined;
  readonly type: string;
  /** Why it is a dead letter. */
  readonly reason: string;
}

export interface DeadLetter extends MessageDescription {
  readonly messageId: string;
  readonly body: string;
  /** When the message was sent to the first queue; SQS keeps this time when it moves a message. */
  readonly sentAt: Date;
}

/** Which dead letters are selected; a missing property selects all. */
export interface DeadLetterFilter {
  /** The message's id, or that of its description. */
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  /** A part of the reason, or of the reason of its group. */
  readonly reason?: string | undefined;
  readonly sentBefore?: Date | undefined;
}

/** ULIDs, UUIDs and numbers, in which the reasons of messages with the same cause differ. */
const variableParts = /\b[0-9A-HJKMNP-TV-Z]{26}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\d+/g;

/** A reason without its ids and numbers: `There is no invoice #`. */
export const groupReason = (reason: string): string => reason.replace(variableParts, "#");

export const isSelected = (letter: DeadLetter, { id, type, reason, sentBefore }: DeadLetterFilter): boolean =>
  (id === undefined || id === letter.messageId || id === letter.id) &&
  (type === undefined || type === letter.type) &&
  (reason === undefined || letter.reason.includes(reason) || groupReason(letter.reason).includes(reason)) &&
  (sentBefore === undefined || letter.sentAt < sentBefore);

/** Dead letters of one type with the same reason but for ids and numbers. */
export interface DeadLetterGroup {
  readonly type: string;
  readonly reason: string;
  readonly count: number;
  readonly oldest: Date;
}

/** Counts dead letters by type and reason, the largest group first. */
export class DeadLetterGroups {
  private readonly groups = new Map<string, DeadLetterGroup>();

  add(letter: DeadLetter): void {
    const { type, sentAt } = letter;
    const reason = groupReason(letter.reason);
    const key = JSON.stringify([type, reason]);
    const { count, oldest } = this.groups.get(key) ?? { count: 0, oldest: sentAt };
    this.groups.set(key, { type, reason, count: count + 1, oldest: sentAt < oldest ? sentAt : oldest });
  }

  list = (): DeadLetterGroup[] => [...this.groups.values()].sort((one, other) => other.count - one.count);
}
