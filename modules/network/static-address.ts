import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Construct } from "constructs";
import type { Context } from "../context";

export interface StaticAddressProps {
  /** For whom and where. */
  readonly context: Context;

  /** What is reached at it, such as `api`. */
  readonly name: string;
}

/**
 * An Elastic IP that outlives whatever is reached at it: DNS records and the allow-lists of others hold it. Outside destroyable
 * environments Terraform refuses to release it.
 */
export class StaticAddress extends Construct {
  /** What a host or a network interface is given it by. */
  readonly allocationId: string;

  /** The address. */
  readonly publicIp: string;

  constructor(scope: Construct, id: string, props: StaticAddressProps) {
    super(scope, id);
    const { context, name } = props;
    const address = new Eip(this, "address", {
      domain: "vpc",
      tags: { Name: context.names("nameTag", name) },
      lifecycle: context.destroyable ? undefined : { preventDestroy: true },
    });
    this.allocationId = address.allocationId;
    this.publicIp = address.publicIp;
  }
}
