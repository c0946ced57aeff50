import { outOfOrder, tooMany } from "../../support/tfe/behaviour";
import { StillCloud } from "../../support/tfe/still-cloud";
import { send, type SendingOptions } from "../../../tools/cloud/sending";

const cloud = new StillCloud();
beforeAll(() => cloud.start());
afterAll(() => cloud.stop());
beforeEach(() => {
  cloud.pauses.length = 0;
  cloud.emulator.faults.clear();
});

const ping = (options: Partial<SendingOptions> = {}, signal?: AbortSignal) =>
  send(
    { method: "GET", url: new URL("ping", cloud.emulator.url), headers: {}, signal },
    { ...cloud.sending, timeoutSeconds: 1, ...options },
  );
const { faults } = cloud.emulator;

describe("send", () => {
  test("gives the answer, whatever it says about the request", async () => {
    expect((await ping()).status).toBe(204);
    faults.add("GET", /ping/, { kind: "answer", status: 404 });
    expect((await ping()).status).toBe(404);
    expect(cloud.pauses).toEqual([]);
  });

  test("comes back when it is told to, after too many requests", async () => {
    faults.add("GET", /ping/, tooMany(2.5), 2);
    expect((await ping({ random: () => 0.5 })).status).toBe(204);
    expect(cloud.pauses).toEqual([2700, 2700]);
  });

  test("does not let itself be sent away for ever", async () => {
    faults.add("GET", /ping/, tooMany(86_400));
    await ping();
    expect(cloud.pauses).toEqual([120_000]);
  });

  test("waits longer and longer for a server that is out of order", async () => {
    faults.add("GET", /ping/, outOfOrder(), 6);
    expect((await ping()).status).toBe(204);
    expect(cloud.pauses).toEqual([500, 1000, 2000, 4000, 8000, 10_000]);
  });

  test("tries again when the connection breaks, or nothing comes", async () => {
    faults.add("GET", /ping/, { kind: "drop" }, 2);
    faults.add("GET", /ping/, { kind: "hang" });
    expect((await ping({ timeoutSeconds: 0.2 })).status).toBe(204);
    expect(cloud.pauses).toEqual([500, 1000, 2000]);
  });

  test.each([
    ["is out of order", outOfOrder(503), "HTTP 503"],
    ["sends everybody away", tooMany(1), "HTTP 429"],
    ["breaks every connection", { kind: "drop" } as const, /UND_ERR_SOCKET|ECONNRESET/],
    ["does not answer", { kind: "hang" } as const, "nothing came within 0.1 s"],
  ])("gives up on a server that %s", async (_name, mishap, reason) => {
    faults.add("GET", /ping/, mishap, 9);
    const before = cloud.emulator.calls.all.length;
    const error = await ping({ attempts: 3, timeoutSeconds: 0.1 }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "CloudError", status: undefined, exitCode: 75 });
    expect((error as Error).message).toMatch(reason);
    expect(cloud.emulator.calls.all.length - before).toBe(3);
  });

  test("names the reason where nothing listens", async () => {
    const url = new URL("http://127.0.0.1:9/");
    await expect(send({ method: "GET", url, headers: {} }, { ...cloud.sending, attempts: 1 })).rejects.toThrow(
      /^127\.0\.0\.1:9 does not answer: (ECONNREFUSED|bad port)$/,
    );
  });

  test("stops at once when it is told to", async () => {
    faults.add("GET", /ping/, { kind: "hang" });
    const controller = new AbortController();
    const sent = ping({}, controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    expect(cloud.pauses).toEqual([]);
  });
});
