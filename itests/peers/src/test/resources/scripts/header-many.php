<?php
// SPDX-License-Identifier: Apache-2.0
foreach (range(1, 60) as $i) {
    header("X-Number-$i: " . str_repeat('x', 20));
}
echo "text\n";
