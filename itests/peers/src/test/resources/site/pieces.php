<?php
// SPDX-License-Identifier: Apache-2.0
// A script that flushes a piece and goes on when its client has it, which the client says by a file: 10 s at most.

const PATIENCE = 10;

/** The file by which client and script tell each other. */
function gate(string $name): string
{
    return __DIR__ . '/../gates/' . basename($_GET['id']) . '-' . $name;
}

function isOpened(string $name): bool
{
    for ($end = hrtime(true) + PATIENCE * 1e9; hrtime(true) < $end; usleep(2000)) {
        clearstatcache();
        if (file_exists(gate($name))) {
            return true;
        }
    }
    return false;
}

function piece(int $number, int $bytes): void
{
    $line = sprintf('piece %d %.6f ', $number, microtime(true));
    echo str_pad($line, $bytes - 1, 'x'), "\n";
    flush();
}

/** So many pieces, each when the client has the one before. */
function pieces(int $count, int $bytes): void
{
    for ($i = 1; $i <= $count; $i++) {
        piece($i, $bytes);
        if (!isOpened((string) $i)) {
            exit("late $i\n");
        }
    }
    echo "done\n";
}

while (ob_get_level() > 0) {
    ob_end_flush(); // output_buffering of php.ini
}
header('Content-Type: text/plain');
header('X-Accel-Buffering: no');
switch ($_GET['case']) {
    case 'pieces':
        echo 'body ', strlen(file_get_contents('php://input')), "\n";
        pieces((int) $_GET['count'], (int) $_GET['bytes']);
        break;
    case 'events':
        header('Content-Type: text/event-stream');
        for ($i = 1; $i <= (int) $_GET['count']; $i++) {
            printf("data: %d\n", $i);
            piece($i, 0);
            echo "\n";
            if (!isOpened((string) $i)) {
                exit("late $i\n");
            }
            usleep(500_000);
        }
        echo "done\n";
        break;
    case 'lines':
        for ($i = 1; $i <= (int) $_GET['count']; $i++) {
            piece($i, 0);
            usleep(500_000);
        }
        echo "done\n";
        break;
    case 'answer':
        $answer = str_repeat("answer\n", 1000);
        header('Content-Length: ' . strlen($answer));
        echo $answer;
        flush();
        touch(gate(isOpened('has') ? 'worked' : 'late'));
        break;
    case 'much':
        for ($i = 1; $i <= (int) $_GET['count']; $i++) {
            echo str_repeat('x', 65535), "\n";
            file_put_contents(gate('progress'), '.', FILE_APPEND);
        }
        pieces(3, 100);
        break;
}
