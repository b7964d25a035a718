import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import { escapedMessages } from "../mutations/protections";

const secondsToSettle = 120;
/** Good tasks around each. */
const neighbours = 9;

/** SQS takes these only as escapes; the API accepts them. */
const toBeEscaped = ["\uffff", "\ufffe", "\u0000", "\u001f\uffff\u{1fffe}"];
/** No UTF-8 has these: neither SQS nor DynamoDB could hold them. */
const toBeRefused = ["\ud800", "\udfff", "\ude00\ud83d"];

/** F24: payloads that SQS would refuse for ever, among good ones. */
export const unsendable: FaultKind = {
  id: "F24",
  what: "payloads that SQS refuses as they are, among good ones",
  sizes: { full: 100, small: 6, control: 4 },
  protection: escapedMessages,
  run: async (campaign, count): Promise<FaultOutcome> => {
    const run = `F24-${Date.now().toString(36)}`;
    const choose = (texts: readonly string[], at: number) => texts[at % texts.length] ?? "";
    const escaped = Array.from({ length: Math.ceil(count / 2) }, (_, at) => choose(toBeEscaped, at));
    const refused = Array.from({ length: Math.floor(count / 2) }, (_, at) => choose(toBeRefused, at));
    const messages = [
      ...escaped.map((text, at) => `<${run}:escaped:${at}>${text}`),
      ...Array.from({ length: count * neighbours }, (_, at) => `<${run}:good:${at}>`),
    ];
    const [ids, ...broken] = await Promise.all([
      Promise.all(messages.map((message) => campaign.accept(message))),
      ...refused.map((text, at) => refusal(campaign, `<${run}:refused:${at}>${text}`)),
    ]);
    const outcome = await campaign.settle(ids, secondsToSettle, count);
    return { ...outcome, broken: broken.filter((text) => text !== undefined) };
  },
};

/** What was wrong with the refusal of a message: it is 422, names the place, and nothing is written. */
async function refusal(campaign: Campaign, message: string): Promise<string | undefined> {
  const response = await campaign.call("POST", "/tasks", { type: "echo", payload: { message } });
  const text = await response.text();
  return response.status === 422 && text.includes('"/payload/message"')
    ? undefined
    : `a message that cannot be kept: ${response.status} ${text.slice(0, 80)}`;
}
