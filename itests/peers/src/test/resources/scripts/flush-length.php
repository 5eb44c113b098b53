<?php
// SPDX-License-Identifier: Apache-2.0
// @pieces 1
require __DIR__ . '/pieces.inc';
header('Content-Length: 10');
piece(1, '');
file_put_contents($_SERVER['MARK'], 'worked on');
