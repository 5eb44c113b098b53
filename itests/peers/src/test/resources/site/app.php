<?php
// SPDX-License-Identifier: Apache-2.0
// The application behind the tests: the same pages as the responder's, chosen by PATH_INFO.

const PERIOD = 251;

function pattern(int $bytes): void
{
    $period = implode('', array_map('chr', range(0, PERIOD - 1)));
    $piece = str_repeat($period, 256);
    for (; $bytes > 0; $bytes -= strlen($piece)) {
        echo $bytes >= strlen($piece) ? $piece : substr($piece, 0, $bytes);
    }
}

function checksum(): string
{
    $body = fopen('php://input', 'rb');
    $hash = hash_init('sha256');
    $length = hash_update_stream($hash, $body);
    return hash_final($hash) . " $length\n";
}

switch ($_SERVER['PATH_INFO'] ?? '') {
    case '/echo':
        header('Content-Type: ' . ($_SERVER['CONTENT_TYPE'] ?? 'application/octet-stream'));
        readfile('php://input');
        break;
    case '/checksum':
        header('Content-Type: text/plain');
        echo checksum();
        break;
    case '/download':
        header('Content-Type: application/octet-stream');
        header('Content-Length: ' . (int) $_GET['bytes']);
        pattern((int) $_GET['bytes']);
        break;
    case '/slow':
        usleep((int) $_GET['ms'] * 1000);
        $text = 'slept ' . (int) $_GET['ms'] . " ms\n";
        header('Content-Type: text/plain');
        header('Content-Length: ' . strlen($text));
        echo $text;
        break;
    case '/phpinfo':
        phpinfo();
        break;
    default:
        header('Content-Type: text/plain');
        if (isset($_GET['header'])) {
            header('X-Large: ' . str_repeat('x', (int) $_GET['header']));
        }
        echo "Hello from PHP\n\n";
        foreach ($_SERVER as $name => $value) {
            echo is_string($value) ? "$name = $value\n" : '';
        }
}
