<?php
// SPDX-License-Identifier: Apache-2.0
error_log("caf\xe9 \x01 \xc3\xbc");
echo "text\n";
