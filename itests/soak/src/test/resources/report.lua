-- SPDX-License-Identifier: Apache-2.0
-- Asks by POST, which nginx never sends twice once it has sent it, and ends with one line that a program can read.
wrk.method = os.getenv("SOAK_METHOD") or "POST"
if wrk.method == "POST" then
    wrk.body = "some=body"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "soak requests=%d connect=%d read=%d write=%d timeout=%d status=%d p50=%d p99=%d max=%d micros=%d\n",
        summary.requests, errors.connect, errors.read, errors.write, errors.timeout, errors.status,
        latency:percentile(50), latency:percentile(99), latency.max, summary.duration))
end
