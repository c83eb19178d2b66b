import { describe, expect, test } from "vitest";
import { bindingsOf } from "../../src/hints/bindings.ts";

describe("where a command listens", () => {
  test.each([
    ["--listen 10.0.0.1", "10.0.0.1"],
    ["--address=[::1]", "::1"],
    ["--bind-address '0.0.0.0'", "0.0.0.0"],
    ["--allowed-host ::", "::"],
    ["BIND=0.0.0.0", "0.0.0.0"],
    ["BIND_ADDRESS: ::", "::"],
    ["LISTEN_ADDR=localhost", "127.0.0.1"],
    ["LISTEN_ADDRESS=[::]", "::"],
    ["MCP_HOST=0.0.0.0", "0.0.0.0"],
    ["host='::'", "::"],
    ['host: "localhost"', "127.0.0.1"],
    ["ASPNETCORE_URLS=http://*:80", "0.0.0.0"],
    ["ASPNETCORE_URLS=https://localhost:80", "127.0.0.1"],
    ["ASPNETCORE_URLS=http://[::]:80", "::"],
    ["--host constructor", undefined],
    ["--hosting 0.0.0.0", undefined],
    ["ghost='0.0.0.0'", undefined],
  ])("%s is the address %s", (text, address) => {
    expect(bindingsOf(text).address).toBe(address);
  });

  test.each([
    ["docker run -p 127.0.0.1:8811:9000 a", 8811],
    ["docker run --publish=80:9000 a", 80],
    ["--http-port 8001", 8001],
    ["--listen-port='8002'", 8002],
    ["--server-port=8003", 8003],
    ["MCP_PORT: 8004", 8004],
    ["port=8005", 8005],
    ["--addr 0.0.0.0:8006", 8006],
    ["--bind [::]:8007", 8007],
    ["--address localhost:8008", 8008],
    ["ASPNETCORE_URLS=http://+:8009", 8009],
    ["--port 65535", 65_535],
    ["--port 65536", undefined],
    ["--port 01", 1],
    ["--port 00", undefined],
    ["--port 123456", undefined],
    ["REPORT=8010", undefined],
    ["nothing", undefined],
  ])("%s is the port %s", (text, port) => {
    expect(bindingsOf(text).port).toBe(port);
  });

  test("nowhere says nothing at all", () => {
    expect(Object.keys(bindingsOf("nothing"))).toEqual([]);
  });
});
