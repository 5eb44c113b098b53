<?php
// SPDX-License-Identifier: Apache-2.0
$pipe = popen('cat; exit 2', 'w');
fwrite($pipe, "to the program\n");
echo pclose($pipe), "\n";
$process = proc_open(['sh', '-c', 'cat >&2; pwd'], [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
fwrite($pipes[0], 'in');
fclose($pipes[0]);
echo stream_get_contents($pipes[2]), ' ', stream_get_contents($pipes[1]);
