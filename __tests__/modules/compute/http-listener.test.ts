import { HttpListener } from "../../../modules/compute/http-listener";
import { context, resourcesOf } from "../../support/synth";

describe("HttpListener", () => {
  test("listens on 80 and answers 404 to what no service answers", () => {
    const listeners = resourcesOf(
      "aws_lb_listener",
      (scope) => new HttpListener(scope, "http", { context: context(), loadBalancerArn: "arn:load-balancer" }),
    );
    expect(listeners).toEqual([
      expect.objectContaining({
        load_balancer_arn: "arn:load-balancer",
        port: 80,
        protocol: "HTTP",
        default_action: [
          {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
          },
        ],
        tags: { Name: "acme-test-http" },
      }),
    ]);
  });
});
