import { fileFromScript, shellQuoted } from "../compute/session-host-shell";
import type { SidecarSettings } from "../compute/sidecar-settings";

/** What the script of a Redis host is made from. */
export interface RedisHostPlace {
  /** AWS region. */
  readonly region: string;

  /** Name of the secret that holds the whole address, password included. */
  readonly secretName: string;

  /** Which value of the secret; part of the script, so that another one is another instance. */
  readonly passwordVersion: number;

  /** Log group of the container. */
  readonly logGroup: string;

  /** Port. */
  readonly port: number;

  /**
   * Folder in memory, for what is secret.
   * @default "/run"
   */
  readonly memoryFolder?: string;
}

/** Starts Redis with the password of its secret; the password is in a file in memory that only Redis reads. */
export function redisHostScript(container: SidecarSettings, place: RedisHostPlace): string {
  const { memoryFolder = "/run" } = place;
  const { image, command = [], user = "", memoryMiB } = container;
  // a container of a task is reached on localhost, one of a host from the VPC
  const words = command.slice(1).map((word) => (word === "127.0.0.1" ? "0.0.0.0" : shellQuoted(word)));
  return `#!/bin/bash
# Starts Redis. Password number ${place.passwordVersion}.
set -euo pipefail
umask 077
export HOME="\${HOME:-/root}" AWS_PAGER="" AWS_REGION=${place.region} AWS_DEFAULT_REGION=${place.region}
fail() { echo "redis: $*" >&2; exit 1; }

url="$(aws secretsmanager get-secret-value --secret-id ${place.secretName} --query SecretString --output text)" \\
  || fail "the secret ${place.secretName} cannot be read"
[[ $url =~ ^redis://default:([A-Za-z0-9]+)@ ]] || fail "the secret ${place.secretName} holds no address with a password"
export REDISCLI_AUTH="\${BASH_REMATCH[1]}"

mkdir -p ${memoryFolder}/redis
chmod 0755 ${memoryFolder}/redis
printf 'requirepass %s\\n' "$REDISCLI_AUTH" > ${memoryFolder}/redis/redis.conf
chown ${user} ${memoryFolder}/redis/redis.conf

docker rm --force redis > /dev/null 2>&1 || true
docker run --detach --name redis --restart on-failure --publish ${place.port}:6379 \\
  --security-opt no-new-privileges --cap-drop ALL --read-only --user ${user} --memory ${memoryMiB}m \\
  --log-driver awslogs --log-opt awslogs-region=${place.region} --log-opt awslogs-group=${place.logGroup} --log-opt awslogs-stream=redis \\
  --volume ${memoryFolder}/redis:/etc/redis:ro \\
  ${"uri" in image ? image.uri : ""} redis-server /etc/redis/redis.conf ${words.join(" ")} > /dev/null
for try in {1..20}; do
  ! docker exec --env REDISCLI_AUTH redis redis-cli ping 2> /dev/null | grep --quiet PONG || exit 0
  sleep 1
done
docker logs --tail 50 redis >&2
fail "Redis does not answer"
`;
}

/** What the first boot does: the script, and a unit that runs it at every start of the instance. */
export function redisHostFirstBoot(script: string): string {
  const unit = `[Unit]
Description=Redis
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/start-redis
Restart=on-failure
RestartSec=30

[Install]
WantedBy=multi-user.target
`;
  return `${fileFromScript("/usr/local/sbin/start-redis", "0700", script, "END_OF_REDIS_SCRIPT")}
${fileFromScript("/etc/systemd/system/start-redis.service", "0644", unit, "END_OF_UNIT")}
systemctl daemon-reload
systemctl enable --now --no-block start-redis.service`;
}
