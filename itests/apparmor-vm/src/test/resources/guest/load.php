<?php
// SPDX-License-Identifier: Apache-2.0
// php-cgi -q load.php PLACE POOL SCRIPT: asks one page after the other; prints which answers came one after the other, how
// often each, and the milliseconds that the slowest of these took. Makes /tmp/load-served at each answer 200.
[, $place, $pool, $script] = $argv;
$context = stream_context_create(['http' => ['ignore_errors' => true, 'timeout' => 60]]);
$last = null;
$count = 0;
$slowest = 0;
while (!file_exists('/tmp/load-over')) {
    $start = microtime(true);
    $text = trim(file_get_contents("http://127.0.0.1:8080/$place/$pool/$script", false, $context));
    $took = (int) (1000 * (microtime(true) - $start));
    $status = explode(' ', $http_response_header[0])[1];
    $answer = $status === '200' ? "200 $text" : $status;
    if ($status === '200') {
        touch('/tmp/load-served');
    }
    if ($answer !== $last && $last !== null) {
        echo "$last\t$count\t$slowest\n";
        $count = 0;
        $slowest = 0;
    }
    $last = $answer;
    $count++;
    $slowest = max($slowest, $took);
    clearstatcache();
}
echo "$last\t$count\t$slowest\n";
