import type { Rule } from "../charge";
import { asUsed } from "./as-used";
import { replicationGroup, serverlessCache } from "./caches";
import { appRunnerService, fargateService, fargateTask } from "./containers";
import { auroraCluster, auroraInstance, auroraReaders, databaseInstance, databaseProxy } from "./databases";
import { autoScalingGroup, elasticIp, instance, volume } from "./hosts";
import { alarm, flat, key, secret, zone } from "./monthly";
import { endpoint, loadBalancer, natGateway } from "./network";

/** Every rule; a type may have several. */
export const RULES: readonly Rule[] = [
  databaseInstance,
  auroraCluster,
  auroraInstance,
  auroraReaders,
  databaseProxy,
  replicationGroup,
  serverlessCache,
  fargateService,
  fargateTask,
  appRunnerService,
  instance,
  autoScalingGroup,
  volume,
  elasticIp,
  natGateway,
  loadBalancer,
  endpoint,
  secret,
  key,
  zone,
  alarm,
  flat,
  asUsed,
];
