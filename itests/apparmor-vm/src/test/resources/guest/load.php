<?php
// SPDX-License-Identifier: Apache-2.0
// php-cgi -q load.php PLACE POOL SCRIPT: asks one page after the other; prints how often which answer came.
[, $place, $pool, $script] = $argv;
$context = stream_context_create(['http' => ['ignore_errors' => true, 'timeout' => 60]]);
$answers = [];
while (!file_exists('/tmp/load-over')) {
    $text = trim(file_get_contents("http://127.0.0.1:8080/$place/$pool/$script", false, $context));
    $status = explode(' ', $http_response_header[0])[1];
    $answer = $status === '200' ? "200 $text" : $status;
    $answers[$answer] = ($answers[$answer] ?? 0) + 1;
    clearstatcache();
}
foreach ($answers as $answer => $count) {
    echo "$answer\t$count\n";
}
