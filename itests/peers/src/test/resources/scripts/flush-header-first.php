<?php
// SPDX-License-Identifier: Apache-2.0
// @pieces 1
require __DIR__ . '/pieces.inc';
header('X-First: 1');
flush();
piece(1, '');
