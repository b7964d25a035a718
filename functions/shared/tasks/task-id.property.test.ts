import * as fc from "fast-check";
import { decodeTime, isValid, ulid } from "ulid";
import { taskId } from "./task";
import { firstIdAt, newTaskId, scheduledTaskId } from "./task-id";

const minute = 60_000;
const largestTime = 2 ** 48 - 1;
const lastMinute = Math.floor(largestTime / minute) - 1;
const time = fc
  .oneof(
    fc.nat(largestTime),
    fc.nat(3),
    fc.date({ min: new Date(2020, 0), max: new Date(2040, 0), noInvalidDate: true }),
  )
  .map((at) => new Date(at));
/** Two times in order, often close to each other. */
const times = fc
  .tuple(time, fc.oneof(fc.constant(1), fc.nat(minute), fc.nat(largestTime)))
  .map(([earlier, by]) => ({ earlier, later: new Date(earlier.getTime() + by) }))
  .filter(({ earlier, later }) => earlier < later && later.getTime() <= largestTime);

test("ids are valid, and none of a time sorts before its first", () => {
  fc.assert(
    fc.property(time, (at) => {
      const id = newTaskId(at);
      expect([isValid(id), decodeTime(id)]).toEqual([true, at.getTime()]);
      expect(taskId.safeParse(id).success).toBe(true);
      expect(taskId.safeParse(firstIdAt(at)).success).toBe(true);
      expect(firstIdAt(at) <= id).toBe(true);
    }),
  );
});

test("ids sort by their times", () => {
  fc.assert(
    fc.property(times, ({ earlier, later }) => {
      expect(newTaskId(earlier) < firstIdAt(later)).toBe(true);
      expect(newTaskId(earlier) < newTaskId(later)).toBe(true);
      expect(firstIdAt(earlier) < firstIdAt(later)).toBe(true);
    }),
  );
});

test("each character after the time is any of the alphabet, as in ids by ulid()", () => {
  const rest = (id: string) => Array.from(id.slice(10));
  const own = Array.from({ length: 2_000 }, () => newTaskId(new Date()));
  expect(new Set(own).size).toBe(own.length);
  const alphabet = new Set(Array.from({ length: 200 }, () => rest(ulid())).flat());
  for (let at = 0; at < 16; at++) expect(new Set(own.map((id) => rest(id)[at]))).toEqual(alphabet);
});

describe("the id of a schedule's slot", () => {
  const schedule = fc.string({ minLength: 1, maxLength: 64 });
  const slot = fc.nat(lastMinute).map((count) => count * minute);
  const within = fc.nat(minute - 1);

  test("is valid, sorts by the slot and is the same for every time within its minute", () => {
    fc.assert(
      fc.property(schedule, slot, within, within, (name, start, one, other) => {
        const id = scheduledTaskId(name, new Date(start + one));
        expect(taskId.safeParse(id).success).toBe(true);
        expect(id).toBe(scheduledTaskId(name, new Date(start + other)));
        expect(id >= firstIdAt(new Date(start)) && id < firstIdAt(new Date(start + 1))).toBe(true);
      }),
    );
  });

  test("differs from every other minute's", () => {
    fc.assert(
      fc.property(schedule, slot, slot, within, (name, one, distant, offset) => {
        const others = [one + minute, ...(distant === one ? [] : [distant])];
        const id = scheduledTaskId(name, new Date(one + offset));
        expect(others.map((other) => scheduledTaskId(name, new Date(other + offset)))).not.toContain(id);
      }),
    );
  });

  test("differs from every other schedule's", () => {
    fc.assert(
      fc.property(fc.uniqueArray(schedule, { minLength: 2 }), slot, (names, start) => {
        const ids = names.map((name) => scheduledTaskId(name, new Date(start)));
        expect(new Set(ids).size).toBe(names.length);
      }),
    );
  });
});
