import * as fc from "fast-check";
import { messageGroupOf, principalOf, type Authorizer } from "./principal";

const ofIam = (userArn: string) => principalOf({ iam: { userArn } });
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html, and RoleSessionName of AssumeRole */
const roleName = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
const sessionName = fc.stringMatching(/^[\w+=,.@-]{2,64}$/);
const partition = fc.constantFrom("aws", "aws-cn", "aws-us-gov");
const account = fc.stringMatching(/^\d{12}$/);

test("a role is one principal in all its sessions", () => {
  fc.assert(
    fc.property(partition, account, roleName, sessionName, sessionName, (part, id, role, one, another) => {
      const arn = `arn:${part}:sts::${id}:assumed-role/${role}`;
      expect(ofIam(`${arn}/${one}`)).toBe(ofIam(`${arn}/${another}`));
      expect(ofIam(`${arn}/${one}`)).toContain(arn);
    }),
  );
});

const role = (name: string, session: string) => `arn:aws:sts::111111111111:assumed-role/${name}/${session}`;
const sso = (permissions: string) => role(`AWSReservedSSO_${permissions}_0123456789abcdef`, "a@example.com");
const jwt = (iss?: string, sub?: string): Authorizer => ({ jwt: { claims: { iss, sub } } });
const cognito = (identityId: string): Authorizer => ({
  iam: { userArn: role("Pool", "CognitoIdentityCredentials"), cognitoIdentity: { identityId } },
});

test("different callers are different principals", () => {
  const callers = [
    principalOf(),
    ...[
      ...[role("Deploy", "host"), role("Deploy2", "host"), sso("Admin"), sso("Reader")],
      role("Deploy", "host").replace("1:assumed", "2:assumed"),
      "arn:aws:sts::111111111111:federated-user/alice",
      "arn:aws:sts::111111111111:federated-user/bob",
      "arn:aws:iam::111111111111:root",
      "arn:aws:iam::222222222222:root",
      "arn:aws:iam::111111111111:user/alice",
      "arn:aws:iam::111111111111:user/team/alice",
      "arn:aws:iam::111111111111:user/team/bob",
    ].map(ofIam),
    ...[jwt("https://a", "alice"), jwt("https://b", "alice"), jwt("https://a"), jwt(undefined, "alice")].map(
      principalOf,
    ),
    ...[cognito("eu-central-1:1"), cognito("eu-central-1:2")].map(principalOf),
  ];
  expect(callers).toHaveLength(19);
  expect(new Set(callers).size).toBe(callers.length);
});

test("a session of a role is not part of its principal, however it signed in", () => {
  for (const name of ["Deploy", "AWSReservedSSO_Admin_0123456789abcdef"])
    expect(ofIam(role(name, "session-1"))).toBe(ofIam(role(name, "session-2")));
});

test("no choice of names lets two callers share a principal", () => {
  const claim = fc.option(fc.string({ unit: fc.constantFrom('"', ",", "[", "]", "a", "\\", "/") }), {
    nil: undefined,
  });
  const caller = fc.oneof(
    fc.tuple(claim, claim).map(([iss, sub]) => jwt(iss, sub)),
    claim.map((arn = "") => ({ iam: { userArn: `arn:aws:iam::111111111111:user/${arn}` } })),
    claim.map((id = "") => cognito(id)),
  );
  fc.assert(
    fc.property(caller, caller, (one, another) => {
      expect(principalOf(one) === principalOf(another)).toBe(JSON.stringify(one) === JSON.stringify(another));
    }),
  );
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const groupOfSqs = /^[a-zA-Z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

test("each caller has a message group that SQS accepts and that does not contain its name", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, another) => {
      const groups = [one, another].map((sub) => messageGroupOf(principalOf(jwt("issuer", sub))));
      expect(groups[0]).toMatch(groupOfSqs);
      expect(groups[0] === groups[1]).toBe(one === another);
    }),
  );
  expect(messageGroupOf(principalOf({ iam: { userArn: role("Deploy", "host") } }))).not.toContain("Deploy");
});

test("without authorization, no two tasks share a message group", () => {
  expect(messageGroupOf(principalOf())).toBeUndefined();
});
