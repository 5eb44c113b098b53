<?php
// SPDX-License-Identifier: Apache-2.0
file_put_contents('php://stderr', "to stderr\n");
file_put_contents('php://stdout', "to stdout\n");
echo "text\n";
