<?php
// SPDX-License-Identifier: Apache-2.0
var_dump(opcache_get_status(false)['opcache_enabled'], opcache_is_script_cached(__FILE__));
