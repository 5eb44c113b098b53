<?php
// SPDX-License-Identifier: Apache-2.0
foreach (range(1, 5) as $i) {
    trigger_error("notice $i", E_USER_NOTICE);
}
echo "text\n";
