<?php
// SPDX-License-Identifier: Apache-2.0
var_dump(ini_set('memory_limit', '64M'), set_time_limit(5), ini_get('max_execution_time'));
