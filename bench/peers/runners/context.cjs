/** The second argument of a handler. */
exports.context = {
  awsRequestId: "5f0f7a3c-6a0e-4a86-9d3e-0d6f6b0c1a11",
  callbackWaitsForEmptyEventLoop: true,
  functionName: "bench",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:111111111111:function:bench:live",
  logGroupName: "/aws/lambda/bench",
  logStreamName: "2026/01/01/[1]0",
  memoryLimitInMB: "512",
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
