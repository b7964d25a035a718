import { AdoptedRepository } from "../../../scripts/testing/adopted-repository";
import { adoptions } from "../../../scripts/testing/adoptions";

jest.setTimeout(1_800_000);

// One copy, since jest caches what it compiles by path.
let repository: AdoptedRepository;
beforeAll(async () => {
  repository = await AdoptedRepository.create();
});
afterEach(async () => {
  await repository.restore();
});
afterAll(() => {
  repository.dispose();
});

test.each(Object.entries(adoptions))("%s turns no check and no unit test red", async (_what, adopt) => {
  await adopt(repository);
  expect(await repository.failures()).toEqual([]);
});

test("a test that asserts a team's value would be found", async () => {
  repository.setSetting("core", "dev", "owner", '"payments"');
  repository.write(
    "deploy/config/pinned.test.ts",
    `import { loadEnvironment } from "./load-environment";
test("the owner", async () => {
  expect((await loadEnvironment("dev")).core.owner).toBe("platform");
});
`,
  );
  const [failed = "", ...others] = await repository.failures();
  expect(others).toEqual([]);
  expect(failed).toContain('Expected: "platform"');
});
