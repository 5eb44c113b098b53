<?php
// SPDX-License-Identifier: Apache-2.0
// @pool catch_workers_output = yes
exec('echo to stderr >&2');
echo "text\n";
