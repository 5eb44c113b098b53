<?php
// SPDX-License-Identifier: Apache-2.0
register_shutdown_function(fn () => print(error_get_last()['type'] . "\n"));
absent_function();
