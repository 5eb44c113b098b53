<?php
// SPDX-License-Identifier: Apache-2.0
// @pieces 3
require __DIR__ . '/pieces.inc';
foreach (range(1, 3) as $i) {
    piece($i, str_repeat('x', 70_000) . "\n");
}
