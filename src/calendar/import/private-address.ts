import { BlockList, isIP } from 'node:net';

/** Addresses that are not on the internet: this machine, private networks, link-local (where clouds keep their secrets), reserved ones. */
const NOT_PUBLIC = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');

/** True for an address (IPv4 or IPv6) that is not on the internet, and for what is no address. */
export function isPrivateAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return NOT_PUBLIC.check(address, 'ipv4');
    case 6:
      return isPrivateIpv6(address);
    default:
      return true;
  }
}

// IPv4 can be written inside of IPv6 in several ways; the block list knows only the one that the system makes itself.
function isPrivateIpv6(address: string): boolean {
  if (NOT_PUBLIC.check(address, 'ipv6')) return true;
  const bytes = bytesOf(address);
  const v4 = embedded(bytes);
  return v4 !== null && NOT_PUBLIC.check(v4.join('.'), 'ipv4');
}

/** The IPv4 address in a mapped, compatible, NAT64 or 6to4 address; null in any other. */
function embedded(bytes: readonly number[]): readonly number[] | null {
  const startsWith = (...prefix: readonly number[]) => prefix.every((byte, i) => bytes[i] === byte);
  const zeros = Array.from({ length: 10 }, () => 0);
  if (startsWith(...zeros, 0xff, 0xff) || startsWith(...zeros, 0, 0)) return bytes.slice(12);
  if (startsWith(0, 0x64, 0xff, 0x9b, ...zeros.slice(0, 8))) return bytes.slice(12);
  if (startsWith(0x20, 0x02)) return bytes.slice(2, 6);
  return null;
}

function bytesOf(address: string): readonly number[] {
  // The URL parser writes every IPv6 address in one way, an IPv4 ending as two groups.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]/`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [before, behind] = [groups(head), groups(tail)];
  const missing = tail === undefined ? 0 : 8 - before.length - behind.length;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...behind];
  return all.flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
