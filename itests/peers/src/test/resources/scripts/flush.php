<?php
// SPDX-License-Identifier: Apache-2.0
// @pieces 5
require __DIR__ . '/pieces.inc';
foreach (range(1, 5) as $i) {
    piece($i, '');
}
