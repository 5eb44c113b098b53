-- SPDX-License-Identifier: Apache-2.0
-- What wrk sends is in the environment; it ends with one line that a program can read.
wrk.method = os.getenv("BENCH_METHOD")
local bytes = tonumber(os.getenv("BENCH_BODY_BYTES"))
if bytes > 0 then
    wrk.body = string.rep("x", bytes)
    wrk.headers["Content-Type"] = "application/octet-stream"
end

local paths = tonumber(os.getenv("BENCH_PATHS"))
if paths > 1 then
    local script = wrk.path
    local requests = {}
    local next = 0
    function init()
        for i = 1, paths do
            requests[i] = wrk.format(nil, "/p" .. (i - 1) .. script)
        end
    end
    function request()
        next = next % paths + 1
        return requests[next]
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "load requests=%d failed=%d p50=%d p99=%d p999=%d micros=%d\n",
        summary.requests, errors.connect + errors.read + errors.write + errors.timeout + errors.status,
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9), summary.duration))
end
