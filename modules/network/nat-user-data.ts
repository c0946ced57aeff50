/**
 * The first-boot script of a NAT instance: it forwards, hides the VPC behind its own address, and does both again after a reboot.
 * It depends on nothing but the VPC's range, because another script means another instance.
 */
export function natUserData(vpcCidr: string): string {
  return `#!/bin/bash
set -euo pipefail

for attempt in {1..30}; do
  dnf install --assumeyes nftables && break
  sleep 10
done

cat > /etc/sysctl.d/90-nat.conf <<'END'
net.ipv4.ip_forward = 1
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
END
sysctl --system

cat > /etc/sysconfig/nftables.conf <<'END'
flush ruleset
table ip exit {
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ip saddr ${vpcCidr} ip daddr != ${vpcCidr} accept
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr ${vpcCidr} ip daddr != ${vpcCidr} masquerade
  }
}
END
systemctl enable --now nftables
`;
}
