<?php
// SPDX-License-Identifier: Apache-2.0
// Debian's DokuWiki with a configuration of its own, which lies beside this file: the machine's stays as it is.
define('DOKU_CONF', __DIR__ . '/conf/');
define('DOKU_MAIN_CONF', __DIR__ . '/conf/');
