<?php
// SPDX-License-Identifier: Apache-2.0
// What a tenant's code may try. Prints the process's pid, then what came of it: "done", "refused: why", or what a
// program that it started printed.

/** What came of it: its text, or "done"; with false or an error, why not. */
function outcome(callable $attack): string
{
    error_clear_last();
    $result = @$attack();
    if (is_string($result)) {
        return $result;
    }
    return $result ? 'done' : 'refused: ' . reason();
}

function reason(): string
{
    $message = error_get_last()['message'] ?? posix_strerror(posix_get_last_error());
    return preg_replace('/.*(: |=\d+ |\()/', '', rtrim($message, ')'));
}

function writes(string $file, string $text): bool
{
    $handle = fopen($file, 'c');
    return $handle && fwrite($handle, $text) === strlen($text);
}

/** What the program prints, in one line. */
function runs(string ...$command): string|bool
{
    $process = proc_open($command, [0 => ['file', '/dev/null', 'r'], 1 => ['pipe', 'w'], 2 => ['redirect', 1]], $pipes);
    if (!$process) {
        return false;
    }
    $output = trim(stream_get_contents($pipes[1]));
    $code = proc_close($process);
    return $output === '' ? "refused: exit code $code" : strtr($output, "\n", ' ');
}

/** Thousands of guesses at the token of a change_hat that never was. */
function guesses(string $hat): string
{
    for ($i = 0; $i < (int) $_GET['guesses']; $i++) {
        writes('/proc/thread-self/attr/current', sprintf('changehat %s^%s', bin2hex(random_bytes(8)), $hat));
    }
    return 'all tried';
}

const WINCH = 28; // which nobody minds
const LABEL = 'cat /proc/self/attr/current';

$current = '/proc/thread-self/attr/current';
$victim = (int) $_GET['victim'];
$manager = (int) $_GET['manager'];
$parent = $_GET['parent'];
$attach = fn ($pid) => "exit(syscall(101, 16, $pid, 0, 0) == 0 ? !print('done') : !print('refused: ' . \$!))";

$attacks = [
    'read' => fn () => file_get_contents('/srv/b/secret.txt') !== false,
    'list' => fn () => opendir('/srv/b') !== false,
    'write' => fn () => file_put_contents('/srv/b/upload/mine.php', '<?php') !== false,
    'connect-listen' => fn () => (bool) stream_socket_client('unix://' . $_GET['listen']),
    'connect-worker' => fn () => $_GET['socket'] === '' ? 'none' : (bool) stream_socket_client('unix://' . $_GET['socket']),
    'signal-worker' => fn () => posix_kill($victim, WINCH),
    'signal-manager' => fn () => posix_kill($manager, WINCH),
    'environ-worker' => fn () => file_get_contents("/proc/$victim/environ") !== false,
    'mem-worker' => fn () => (bool) fopen("/proc/$victim/mem", 'r+'),
    'mem-manager' => fn () => (bool) fopen("/proc/$manager/mem", 'r+'),
    'ptrace-worker' => fn () => runs('/usr/bin/perl', '-e', $attach($victim)),
    'ptrace-manager' => fn () => runs('/usr/bin/perl', '-e', $attach($manager)),
    'to-parent' => fn () => writes($current, "changeprofile $parent"),
    'to-unconfined' => fn () => writes($current, 'changeprofile unconfined'),
    'to-unconfined-self' => fn () => writes('/proc/self/attr/current', 'changeprofile unconfined'),
    'to-unconfined-apparmor' => fn () => writes('/proc/self/attr/apparmor/current', 'changeprofile unconfined'),
    'to-other' => fn () => writes($current, "changeprofile $parent//b"),
    'to-other-by-changehat' => fn () => writes($current, 'changehat 0123456789abcdef^b'),
    'guess-back' => fn () => guesses(''),
    'guess-other' => fn () => guesses('b'),
    'stack' => fn () => writes($current, 'stack unconfined'),
    'exec-unconfined' => fn () => writes('/proc/thread-self/attr/exec', 'exec unconfined')
        ? runs('/bin/sh', '-c', LABEL) : false,
    'shell' => fn () => runs('/bin/sh', '-c', LABEL),
    'setpriv' => fn () => runs('/usr/bin/setpriv', '--apparmor-profile', 'unconfined', '/bin/sh', '-c', LABEL),
    'aa-exec' => fn () => runs('/usr/bin/aa-exec', '-p', 'unconfined', '/bin/sh', '-c', LABEL),
    'aa-exec-parent' => fn () => runs('/usr/bin/aa-exec', '-p', $parent, '/bin/sh', '-c', LABEL),
    'to-sibling' => fn () => writes($current, 'changehat 0123456789abcdef^i'),
];

header('Content-Type: text/plain');
printf("%d\t%s\n", getmypid(), outcome($attacks[$_GET['attack']]));
