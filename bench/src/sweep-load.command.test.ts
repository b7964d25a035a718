import { maxSockets } from "@serverless-tasks/functions/shared/aws/clients";
import { sweepLoad } from "./sweep-load";

jest.setTimeout(300_000);

/** The built producer with the AWS SDK, since it was connections that a sweep ran out of. */
test("5,000 stranded tasks are sent once each within five sweeps by a service that takes calls one at a time", async () => {
  const { sweeps, ...load } = await sweepLoad({
    tasks: 5_000,
    milliseconds: 2,
    oneAtATime: true,
    mostSweeps: 5,
    invocationMilliseconds: 60_000,
  });
  expect(load).toMatchObject({ left: 0, sentOnce: 5_000, sentAgain: 0 });
  expect(load.mostCallsAtOnce).toBeLessThan(maxSockets);
  expect(sweeps.length).toBeGreaterThan(0);
});
