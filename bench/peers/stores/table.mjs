import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { clientSettings } from "./settings.mjs";

const documents = DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
  marshallOptions: { removeUndefinedValues: true },
});
const TableName = process.env.TABLE_NAME;

/** The two writes of the service, before and after it sends the message. */
export const put = (task) =>
  documents.send(
    new PutCommand({
      TableName,
      Item: { pk: `TASK#${task.id}`, ...task, outbox: "0" },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
export const markSent = ({ id }) =>
  documents.send(
    new UpdateCommand({
      TableName,
      Key: { pk: `TASK#${id}` },
      UpdateExpression: "SET #state = :queued REMOVE outbox",
      ConditionExpression: "#state = :pending",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":queued": "queued", ":pending": "pending" },
    }),
  );
