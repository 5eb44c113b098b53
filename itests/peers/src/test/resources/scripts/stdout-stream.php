<?php
// SPDX-License-Identifier: Apache-2.0
// @pool catch_workers_output = yes
file_put_contents('php://stdout', "to stdout\n");
echo "text\n";
