export const clients4 = [
  "1.2.3.4",
  "8.8.8.8",
  "126.255.255.255",
  "128.0.0.0",
  "198.51.100.7",
  "198.51.100.128",
  "203.0.113.9",
  "223.255.255.255",
] as const;
export const clients6 = ["2001:db8::1", "2600:1f00::5", "3fff::9", "2a00:1450::1"] as const;
export const cidrs4 = [
  "0.0.0.0/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "198.51.100.0/24",
  "198.51.100.0/25",
  "203.0.113.9/32",
  "10.0.0.0/16",
  "10.0.1.0/24",
  "10.0.2.0/24",
  "8.0.0.0/8",
] as const;
export const cidrs6 = [
  "::/0",
  "2000::/3",
  "2001:db8::/32",
  "2600::/12",
  "2600:1f00::5/128",
] as const;
export const ports = [0, 22, 443, 1023, 1024, 3000, 8000, 8080, 32_768, 65_535] as const;
export const lists = ["pl-1", "pl-2"] as const;
export const groupNames = ["sg-a", "sg-b", "sg-lb"] as const;
export const subnetNames = ["subnet-1", "subnet-2"] as const;
export const workloads = ["i-1", "i-2"] as const;
