<?php
// SPDX-License-Identifier: Apache-2.0
// @pool request_terminate_timeout = 1s
echo "text\n";
sleep(10);
