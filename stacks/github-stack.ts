import type { Construct } from "constructs";
import type { ResolvedEnvironment } from "../envs/tiers";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { DeliveryStack } from "./delivery-stack";
