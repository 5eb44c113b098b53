<?php
// SPDX-License-Identifier: Apache-2.0
exec('echo out; echo err >&2; exit 3', $lines, $code);
echo implode($lines), ' ', $code, ' ', shell_exec('echo shell'), passthru('echo passed');
