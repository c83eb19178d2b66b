import { expect, test } from "vitest";
import { refuseAddress } from "../../src/probe/address.ts";

const refused = [
  "169.254.169.254",
  "169.254.0.1",
  "0.0.0.0",
  "0.1.2.3",
  "224.0.0.1",
  "239.255.255.255",
  "255.255.255.255",
  "168.63.129.16",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",
  "::",
  "fe80::1",
  "fe80::1%eth0",
  "febf::1",
  "[fe80::1]",
  "ff02::1",
  "fd00:ec2::254",
  "fd00:0ec2:0:0:0:0:0:254",
  "fd20:ce::254",
  "fd00:ec2::23",
  "fd00:c1::a9fe:a9fe",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "64:ff9b::a9fe:a9fe",
  "2002:a9fe:a9fe::1",
  "metadata.google.internal",
  "METADATA.google.internal.",
];
test.each(refused)("%s is refused", (address) => {
  expect(refuseAddress(address)).toBeTypeOf("string");
});

const allowed = [
  "127.0.0.1",
  "::1",
  "10.0.0.1",
  "169.253.255.255",
  "169.255.0.0",
  "223.255.255.255",
  "203.0.113.7",
  "fd00:ec2::253",
  "fec0::1",
  "2001:db8::1",
  "lb-1.elb.amazonaws.com",
];
test.each(allowed)("%s may be contacted", (address) => {
  expect(refuseAddress(address)).toBeUndefined();
});
