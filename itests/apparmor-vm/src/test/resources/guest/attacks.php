<?php
// SPDX-License-Identifier: Apache-2.0
// php-cgi -q attacks.php PLACE POOL PARENT MANAGER [ATTACK]...: makes the attacks from that pool on pool "b" beside it and
// on the manager's process. Prints a line for each: its name, what came of it, the worker's label after it. The label is
// read here, from outside.

/** The answer of the web server, whatever its status. */
function page(string $path): string
{
    $context = stream_context_create(['http' => ['ignore_errors' => true, 'timeout' => 60]]);
    return rtrim(file_get_contents("http://127.0.0.1:8080/$path", false, $context));
}

/** The Unix socket that a worker accepts on as its descriptor 0, if it is its own. */
function socket(string $pid): string
{
    $inode = preg_replace('/\D/', '', readlink("/proc/$pid/fd/0"));
    foreach (file('/proc/net/unix') as $line) {
        $fields = preg_split('/\s+/', trim($line));
        if ($fields[6] === $inode) {
            return $fields[7] ?? '';
        }
    }
    return '';
}

/** Ends a worker that an attack has changed: the next one starts in a process that nobody has touched. */
function end_worker(string $pid): void
{
    posix_kill((int) $pid, 9);
    while (is_dir("/proc/$pid/task/$pid") && @readlink("/proc/$pid/exe")) {
        usleep(20000);
    }
}

[, $place, $pool, $parent, $manager] = $argv;
$attacks = array_slice($argv, 5) ?: file('attacks', FILE_IGNORE_NEW_LINES);
$victim = page("$place/b/b/pid.php");
$facts = ['victim' => $victim, 'manager' => $manager, 'parent' => $parent, 'guesses' => $parent === 'unconfined' ? 1 : 5000,
    'listen' => "/run/$place/b.sock", 'socket' => socket($victim)];
$own = null;
foreach ($attacks as $attack) {
    $answer = page("$place/$pool/a/attack.php?" . http_build_query(['attack' => $attack] + $facts));
    [$pid, $outcome] = explode("\t", $answer) + ['', "no answer: $answer"];
    $label = rtrim(@file_get_contents("/proc/$pid/attr/current") ?: 'gone');
    echo "$attack\t$outcome\t$label\n";
    $own ??= $label;
    if ($label !== $own) {
        end_worker($pid);
    }
}
