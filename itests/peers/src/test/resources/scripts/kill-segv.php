<?php
// SPDX-License-Identifier: Apache-2.0
// @alone
posix_kill(getmypid(), 11);
sleep(10);
