/**
 * The first-boot script of a host: swap, Docker, the login helper of the image registry, and then whatever the host is for. It says
 * nothing about versions or settings of an application, because another script means another instance.
 */
export function sessionHostUserData(commands: readonly string[] = []): string {
  return `#!/bin/bash
set -euo pipefail

# a small instance holds two versions of an application for a moment
dd if=/dev/zero of=/swapfile bs=1M count=1024 status=none
chmod 0600 /swapfile
mkswap /swapfile
echo '/swapfile none swap defaults 0 0' >> /etc/fstab
swapon /swapfile

for attempt in {1..30}; do
  dnf install --assumeyes docker amazon-ecr-credential-helper jq && break
  sleep 10
done
systemctl enable --now docker
${commands.map((command) => `\n${command.trimEnd()}\n`).join("")}`;
}
