<?php
// SPDX-License-Identifier: Apache-2.0
// @pool request_terminate_timeout = 1s
var_dump(@fread(fopen('php://stdin', 'rb'), 10));
