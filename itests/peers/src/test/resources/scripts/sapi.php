<?php
// SPDX-License-Identifier: Apache-2.0
echo PHP_SAPI, ' ', php_sapi_name(), "\n";
