import { resources } from "../../support/synth";
import { blueGreen } from "./example-blue-green";
import { service } from "./example-service";

const nameless = (group: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(group).filter(([key]) => key !== "name" && key !== "//"));
const groups = () => resources(blueGreen(), "aws_lb_target_group");

describe("BlueGreenRouting", () => {
  test("has two target groups that are alike, and like that of a rolling service", () => {
    expect(groups().map(({ name }) => name)).toEqual(["acme-test-api-blue", "acme-test-api-green"]);
    const [rolling = {}] = resources(service(), "aws_lb_target_group");
    expect(groups().map(nameless)).toEqual([nameless(rolling), nameless(rolling)]);
  });

  test("takes the choices of a service for both", () => {
    const synthesized = blueGreen({ stickySeconds: 60, deregistrationDelaySeconds: 5, healthCheck: { path: "/up" } });
    expect(resources(synthesized, "aws_lb_target_group")).toEqual(
      [1, 2].map((): unknown =>
        expect.objectContaining({
          deregistration_delay: "5",
          stickiness: { type: "lb_cookie", enabled: true, cookie_duration: 60 },
          health_check: expect.objectContaining({ path: "/up" }),
        }),
      ),
    );
  });

  test("begins with blue for visitors and green for tests, and leaves what follows to CodeDeploy", () => {
    const leadsTo = (color: string) => [
      { type: "forward", target_group_arn: expect.stringMatching(new RegExp(`_routing_${color}_\\w+\\.arn}$`)) },
    ];
    const both = {
      priority: 10,
      condition: [{ host_header: { values: ["api.acme.dev"] } }, { path_pattern: { values: ["/api/*"] } }],
      tags: { Name: "acme-test-api" },
      lifecycle: { ignore_changes: ["action"] },
    };
    expect(resources(blueGreen(), "aws_lb_listener_rule")).toEqual([
      expect.objectContaining({ ...both, listener_arn: "arn:listener", action: leadsTo("blue") }),
      expect.objectContaining({ ...both, listener_arn: "arn:test-listener", action: leadsTo("green") }),
    ]);
  });
});
