<?php
// SPDX-License-Identifier: Apache-2.0
// @pool catch_workers_output = yes
error_log('one');
absent_function();
