import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import { escapedMessages } from "../mutations/protections";

const secondsToSettle = 120;
/** Other tasks for each of them. */
const othersPerFault = 9;

/** The API accepts these characters, and SQS accepts them only as JSON escapes. */
const toBeEscaped = ["\uffff", "\ufffe", "\u0000", "\u001f\uffff\u{1fffe}"];
/** Lone surrogates have no UTF-8 encoding, so that neither SQS nor DynamoDB can store them. */
const toBeRejected = ["\ud800", "\udfff", "\ude00\ud83d"];

/** F24: payloads that SQS rejects unless they are escaped, among others. */
export const escapedPayloads: FaultKind = {
  id: "F24",
  description: "payloads that SQS rejects unless they are escaped",
  sizes: { full: 100, small: 6, control: 4 },
  protection: escapedMessages,
  run: async (campaign, count): Promise<FaultOutcome> => {
    const run = `F24-${Date.now().toString(36)}`;
    const choose = (strings: readonly string[], at: number) => strings[at % strings.length] ?? "";
    const escaped = Array.from({ length: Math.ceil(count / 2) }, (_, at) => choose(toBeEscaped, at));
    const rejected = Array.from({ length: Math.floor(count / 2) }, (_, at) => choose(toBeRejected, at));
    const messages = [
      ...escaped.map((characters, at) => `<${run}:escaped:${at}>${characters}`),
      ...Array.from({ length: count * othersPerFault }, (_, at) => `<${run}:other:${at}>`),
    ];
    const [ids, ...violations] = await Promise.all([
      Promise.all(messages.map((message) => campaign.createTask(message))),
      ...rejected.map((characters, at) => violationOf(campaign, `<${run}:rejected:${at}>${characters}`)),
    ]);
    const outcome = await campaign.settle(ids, secondsToSettle, count);
    return { ...outcome, violations: violations.filter((violation) => violation !== undefined) };
  },
};

/** @returns a violation unless the API rejects the message with 422 and a pointer to it */
async function violationOf(campaign: Campaign, message: string): Promise<string | undefined> {
  const response = await campaign.call("POST", "/tasks", { type: "echo", payload: { message } });
  const content = await response.text();
  return response.status === 422 && content.includes('"/payload/message"')
    ? undefined
    : `a message with a lone surrogate: ${response.status} ${content.slice(0, 80)}`;
}
