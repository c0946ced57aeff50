import type { Construct } from "constructs";
import { StateBucket } from "../modules/storage/state-bucket";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** The S3 bucket for the state of every other stack. Its own state is a local file: keep it, or import the bucket again. */
export class BootstrapStack extends BaseStack {
  override readonly appliedBy = "person";

  constructor(scope: Construct, id: string, props: BaseStackProps) {
    super(scope, id, props);
    this.useAws();
    new StateBucket(this, "state", { context: this.context });
  }
}
