<?php
// SPDX-License-Identifier: Apache-2.0
// A script whose worker dies, before or after part of the answer; it counts how often it runs.

/** A file by which test and script tell each other. */
function gate(string $name): string
{
    return __DIR__ . '/../gates/' . basename($_GET['id']) . '-' . $name;
}

function isThere(string $name): bool
{
    clearstatcache();
    return file_exists(gate($name));
}

function dies(): void
{
    posix_kill(getmypid(), SIGKILL);
    sleep(10);
}

const SIGKILL = 9;

file_put_contents(gate('runs'), '.', FILE_APPEND);
switch ($_GET['case']) {
    case 'before':
        dies();
        break;
    case 'part':
        while (ob_get_level() > 0) {
            ob_end_flush();
        }
        header('X-Accel-Buffering: no');
        echo "half of it\n";
        flush();
        for ($end = hrtime(true) + 10e9; !isThere('has') && hrtime(true) < $end; usleep(2000)) {
            // the client has the first half
        }
        dies();
        break;
    case 'first':
        if (filesize(gate('runs')) === 1) {
            dies();
        }
        break;
    case 'main':
        if (getenv('POOL') === 'main') {
            dies();
        }
        break;
    case 'later':
        if (isThere('dies')) {
            dies();
        }
        header('X-Accel-Expires: 1');
        break;
    case 'waits':
        for ($end = hrtime(true) + 20e9; !isThere('go') && hrtime(true) < $end; usleep(2000)) {
            // the test lets it go
        }
        break;
}
echo 'fine, by ', getenv('POOL'), "\n";
