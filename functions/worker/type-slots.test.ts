import { taskTypes } from "./handlers";
import { TypeSlots } from "./type-slots";

const { name, concurrency } = taskTypes[2];

test("as many as the type allows are let in, the others in their order when one has left", async () => {
  const slots = new TypeSlots();
  const entered: number[] = [];
  const enter = async (at: number) => {
    await slots.of(name)?.enter();
    entered.push(at);
  };
  const all = Promise.all(Array.from({ length: concurrency + 2 }, (_, at) => enter(at)));
  await new Promise(setImmediate);
  expect(entered).toEqual(Array.from({ length: concurrency }, (_, at) => at));
  slots.of(name)?.leave();
  await new Promise(setImmediate);
  expect(entered).toHaveLength(concurrency + 1);
  slots.of(name)?.leave();
  await all;
  expect(entered.slice(-2)).toEqual([concurrency, concurrency + 1]);
});

test("nobody waits for a type that allows any number, or for one that is not known", () => {
  const slots = new TypeSlots();
  expect([slots.of("echo"), slots.of("nothing"), slots.of("")]).toEqual([undefined, undefined, undefined]);
});
