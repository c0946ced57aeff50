import type { Construct } from "constructs";
import { AuroraStandby } from "../modules/database/aurora-standby";
import type { AuroraSettings } from "../modules/database/aurora-settings";
import type { Vpc } from "../modules/network/vpc";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the standby stack is given; the region of its context is the second one. */
export interface StandbyStackProps extends BaseStackProps {
  /** The network in the second region. */
  readonly vpc: Vpc;

  /** What is chosen about the primary cluster. */
  readonly primary: AuroraSettings;

  /** Region of the primary cluster. */
  readonly primaryRegion: string;

  /** The global database that the primary leads. */
  readonly globalClusterIdentifier: string;
}

/**
 * The replica of the database in the second region. A state of its own, because on the day it is needed the first region, and all that is planned there,
 * may not answer.
 */
export class StandbyStack extends BaseStack {
  /** The replica. */
  readonly database: AuroraStandby;

  constructor(scope: Construct, id: string, props: StandbyStackProps) {
    super(scope, id, props);
    this.useAws();
    const { vpc, primary, primaryRegion, globalClusterIdentifier } = props;
    this.database = new AuroraStandby(this, "database", {
      context: this.context,
      vpcId: vpc.vpcId,
      subnetIds: vpc.isolatedSubnetIds,
      primary,
      primaryRegion,
      globalClusterIdentifier,
    });
  }
}
