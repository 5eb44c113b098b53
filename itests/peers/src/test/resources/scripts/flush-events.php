<?php
// SPDX-License-Identifier: Apache-2.0
// @pieces 3
require __DIR__ . '/pieces.inc';
header('Content-Type: text/event-stream');
header('X-Accel-Buffering: no');
foreach (range(1, 3) as $i) {
    piece($i, "id: $i\ndata: piece $i\n\n");
}
