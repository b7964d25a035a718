import { maxSockets } from "@serverless-tasks/functions/shared/aws/clients";
import { sweepLoad } from "./sweep-load";

jest.setTimeout(300_000);

/** Runs the built producer with the AWS SDK, whose connections limit the concurrency of a sweep. */
test("five sweeps publish 5,000 tasks once each when AWS processes calls one after the other", async () => {
  const { sweeps, ...load } = await sweepLoad({
    tasks: 5_000,
    milliseconds: 2,
    isSequential: true,
    maxSweeps: 5,
    invocationMilliseconds: 60_000,
  });
  expect(load).toMatchObject({ left: 0, sentOnce: 5_000, sentAgain: 0 });
  expect(load.maxConcurrentCalls).toBeLessThan(maxSockets);
  expect(sweeps.length).toBeGreaterThan(0);
});
