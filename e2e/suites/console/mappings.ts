import { ListEventSourceMappingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";

/** Whether each event source mapping of the account is enabled. */
export async function mappingsEnabled(lambda: LambdaClient): Promise<boolean[]> {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  if (EventSourceMappings.length === 0) throw new Error("Expected an event source mapping, found none");
  return EventSourceMappings.map(({ State = "" }) => !/^Disabl/.test(State));
}
